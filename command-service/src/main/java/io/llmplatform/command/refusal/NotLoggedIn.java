package io.llmplatform.command.refusal;

/** It is not known who asks, or they may not come in. The message never tells which of name and password was wrong. */
public final class NotLoggedIn extends RuntimeException {
    public NotLoggedIn(String message) {
        super(message, null, false, false);
    }
}
