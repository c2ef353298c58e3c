package io.llmplatform.proxy.upstream;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * @param body    as it goes out
 * @param headers of the client that may travel on ({@code OpenAI-Beta}, {@code anthropic-*}); nothing else does
 */
public record UpstreamRequest(String requestId, Buffer body, boolean stream, MultiMap headers) {}
