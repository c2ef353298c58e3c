package io.llmplatform.bench.load;

import io.llmplatform.bench.upstream.Behaviour;
import java.net.URI;
import java.util.Map;

/**
 * How one target is asked for one behaviour of the upstream.
 *
 * @param model what the body names; a gateway may route by it
 */
public record Call(Behaviour behaviour, URI uri, Map<String, String> headers, String model) {}
