package io.llmplatform.testkit;

/** A server could not be started or stopped; the message says why and shows its last log lines. */
public final class ServerFailure extends RuntimeException {
    ServerFailure(String message) {
        super(message);
    }

    ServerFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
