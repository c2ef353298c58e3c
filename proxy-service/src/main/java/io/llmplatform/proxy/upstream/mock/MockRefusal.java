package io.llmplatform.proxy.upstream.mock;

import io.llmplatform.proxy.wire.ApiError;
import org.jspecify.annotations.Nullable;

/** A request that a real provider would refuse: it is answered 400, in OpenAI's envelope. */
final class MockRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String param;

    /** @param message a whole sentence */
    MockRefusal(@Nullable String param, String message) {
        super(message, null, false, false);
        this.param = param;
    }

    ApiError error() {
        return ApiError.invalid(param, String.valueOf(getMessage()));
    }
}
