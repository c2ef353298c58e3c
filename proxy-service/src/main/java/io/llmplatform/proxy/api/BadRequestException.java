package io.llmplatform.proxy.chat;

import io.llmplatform.proxy.wire.ApiError;

/** The request is refused; carries what the client is told. Without stack trace: it is an answer, not a fault. */
final class BadRequestException extends Exception {
    private final transient ApiError error;

    BadRequestException(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    ApiError error() {
        return error;
    }
}
