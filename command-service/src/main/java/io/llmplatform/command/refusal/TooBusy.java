package io.llmplatform.command.refusal;

import java.time.Duration;

/** Not now: the same request may be carried out later. */
public final class TooBusy extends RuntimeException {
    private final Duration retryAfter;

    public TooBusy(String message, Duration retryAfter) {
        super(message, null, false, false);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
