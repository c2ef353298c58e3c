package io.llmplatform.query.web;

/** An answer broke off after it had begun: there is no status left to tell it with, so the connection is ended. */
public final class CutOffException extends RuntimeException {
    public CutOffException(Throwable cause) {
        super("an answer broke off: " + cause, cause);
    }
}
