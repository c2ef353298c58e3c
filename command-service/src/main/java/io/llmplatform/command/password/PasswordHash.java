package io.llmplatform.command.password;

/** A hashed password on its way to the credential table. Never in an event, never in a log. */
public record PasswordHash(String encoded) {
    @Override
    public String toString() {
        return "PasswordHash[…]";
    }
}
