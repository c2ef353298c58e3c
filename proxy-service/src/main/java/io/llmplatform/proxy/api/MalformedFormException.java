package io.llmplatform.proxy.api;

import org.jspecify.annotations.Nullable;

/** A form is refused; the message is a whole sentence for a 400. Without stack trace: it is an answer, not a fault. */
public final class MalformedFormException extends Exception {
    private final @Nullable String param;

    MalformedFormException(@Nullable String param, String message) {
        super(message, null, false, false);
        this.param = param;
    }

    /** The field at fault; absent when it is the form as a whole. */
    public @Nullable String param() {
        return param;
    }

    /** The sentence. */
    public String sentence() {
        var message = getMessage();
        return message == null ? "" : message;
    }
}
