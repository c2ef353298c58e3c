package io.llmplatform.proxy.upstream;

import java.util.Map;

/**
 * Where a request goes.
 *
 * @param uri     path and query, see {@link BaseUrl#resolve}
 * @param headers credentials and what the API demands; they win over the client's
 */
public record Outgoing(BaseUrl base, String uri, Map<String, String> headers) {}
