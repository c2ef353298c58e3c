package io.llmplatform.embedded.launch;

/** A server cannot start for a reason that the message explains whole; shown without a stack trace. */
public final class LaunchFailure extends RuntimeException {
    public LaunchFailure(String message) {
        super(message);
    }
}
