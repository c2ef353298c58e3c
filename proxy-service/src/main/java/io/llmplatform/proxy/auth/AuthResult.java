package io.llmplatform.proxy.auth;

import org.jspecify.annotations.Nullable;

/** What became of a credential. */
public sealed interface AuthResult {
    record Accepted(Caller caller) implements AuthResult {}

    /** @param identified whose credential it was, where that is known: the refusal then gets a usage record */
    record Refused(Reason reason, @Nullable Caller identified) implements AuthResult {}

    /** Also the value of a metric's tag. */
    enum Reason {
        MISSING("Missing API key. Send it as `Authorization: Bearer <key>` or `x-api-key: <key>`."),
        MALFORMED("Incorrect API key provided."),
        UNKNOWN("Incorrect API key provided."),
        DISABLED("This API key has been disabled or revoked."),
        EXPIRED("This API key or session has expired."),
        SESSION_CLOSED("This session has ended."),
        USER_DISABLED("The account of this API key is disabled."),
        TEAM_DISABLED("The team that this API key belongs to is disabled.");

        private final String message;

        Reason(String message) {
            this.message = message;
        }

        public String message() {
            return message;
        }
    }
}
