package io.llmplatform.proxy.upstream.mock;

import io.llmplatform.proxy.wire.ApiError;

/** The failures a provider URL asks for, as OpenAI words them by status. */
final class MockFailure {
    private MockFailure() {}

    static Reply reply(MockSettings settings) {
        var reply = Reply.error(error(settings.failStatus()));
        if (settings.retryAfter() >= 0) {
            reply.headers().set("Retry-After", Integer.toString(settings.retryAfter()));
        }
        return reply;
    }

    private static ApiError error(int status) {
        var message = "The mock was told to fail with status " + status + ".";
        return switch (status) {
            case 401 -> new ApiError(status, "invalid_request_error", "invalid_api_key", null, message);
            case 429 -> new ApiError(status, "requests", "rate_limit_exceeded", null, message);
            case 529 -> new ApiError(status, "server_error", "overloaded", null, message);
            default ->
                new ApiError(status, status < 500 ? "invalid_request_error" : "server_error", null, null, message);
        };
    }
}
