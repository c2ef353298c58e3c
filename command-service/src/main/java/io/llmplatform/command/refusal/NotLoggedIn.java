package io.llmplatform.command.refusal;

/** It is not known who asks, or they may not come in. The message never tells which of name and password was wrong. */
public final class NotLoggedIn extends RuntimeException {
    private final String name;

    public NotLoggedIn(String message) {
        this("not-logged-in", message);
    }

    /** @param name the last part of the problem's type, for those who can do something about it */
    public NotLoggedIn(String name, String message) {
        super(message, null, false, false);
        this.name = name;
    }

    public String name() {
        return name;
    }
}
