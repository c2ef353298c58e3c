package io.llmplatform.command.caller;

import io.llmplatform.contracts.event.Actor;
import io.llmplatform.contracts.event.EventMeta;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.http.Role;
import org.jspecify.annotations.Nullable;

/**
 * The person behind a request, as the account stands now (not as the token says), and where the request came from.
 * Controllers take it as an argument.
 */
public record Caller(String userId, String username, Role role, Origin origin, String sessionId) {
    /** Instead of a session, for who acts by a link. */
    public static final String NO_SESSION = "";

    public boolean isAdmin() {
        return role == Role.ADMIN;
    }

    /** The same, with the reason that the body of the request gives. */
    public Caller because(String reason) {
        var why = new Origin(origin.requestId(), origin.ip(), origin.userAgent(), reason);
        return new Caller(userId, username, role, why, sessionId);
    }

    /** What the events of this request carry. */
    public EventMeta meta() {
        return new EventMeta(
                Actor.user(userId, username),
                personal(origin.ip()),
                personal(origin.userAgent()),
                origin.requestId(),
                origin.reason());
    }

    private @Nullable Personal personal(@Nullable String value) {
        return value == null ? null : new Personal(userId, value);
    }

    /**
     * Where a request came from.
     *
     * @param reason of {@code X-Reason}: why it is done, in the caller's words
     */
    public record Origin(
            String requestId,
            @Nullable String ip,
            @Nullable String userAgent,
            @Nullable String reason) {}
}
