package io.llmplatform.proxy.upstream;

import io.llmplatform.proxy.api.Operation;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * @param operation   as the provider speaks it
 * @param body        as it goes out
 * @param contentType of the body; a form's carries its boundary
 * @param headers     of the client that may travel on ({@code OpenAI-Beta}, {@code anthropic-*}, the trace); nothing else does
 */
public record UpstreamRequest(
        String requestId, Operation operation, Buffer body, String contentType, boolean stream, MultiMap headers) {}
