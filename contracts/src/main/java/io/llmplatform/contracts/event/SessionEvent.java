package io.llmplatform.contracts.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/** Facts about a login and the time it lasts. Where it came from is in the metadata; its tokens are in none of them. */
public sealed interface SessionEvent extends DomainEvent {
    String sessionId();

    /** @param expiresAt when it ends at the latest */
    @EventType(name = "session.SessionOpened")
    record SessionOpened(String sessionId, String userId, Personal username, Instant expiresAt)
            implements SessionEvent {}

    /**
     * Final.
     *
     * @param tokensExpireAt when the last access token of the session expires; who refuses closed sessions may forget it
     *                       then
     */
    @EventType(name = "session.SessionClosed")
    record SessionClosed(String sessionId, String userId, Reason reason, Instant tokensExpireAt)
            implements SessionEvent {}

    /** Why a session was closed. */
    enum Reason {
        /** By its owner, from within it. */
        LOGOUT,
        /** By its owner from another session, or by an administrator. */
        REVOKED,
        /** A refresh token came that had been replaced: somebody has a copy. */
        REUSE,
        PASSWORD_CHANGED,
        USER_DISABLED,
        EXPIRED,
        /** The oldest one of a person who has too many. */
        TOO_MANY;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException naming the value */
        @JsonCreator
        public static Reason of(String wire) {
            return Arrays.stream(values())
                    .filter(reason -> reason.wire().equals(wire))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("reason: '" + wire + "'"));
        }
    }
}
