package io.llmplatform.projections.runtime;

import org.jspecify.annotations.Nullable;

/** Something that is expected to pass, such as a server that is down: the work is tried again, nothing is parked. */
public final class TransientFailure extends RuntimeException {
    public TransientFailure(String message) {
        this(message, null);
    }

    public TransientFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
