package io.llmplatform.proxy.api;

import io.llmplatform.proxy.wire.ApiError;

/** The request is refused; carries what the client is told. Without stack trace: it is an answer, not a fault. */
public final class BadRequestException extends Exception {
    private final transient ApiError error;

    public BadRequestException(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    public ApiError error() {
        return error;
    }
}
