package io.llmplatform.command.session;

import io.llmplatform.command.password.PasswordHash;
import io.llmplatform.contracts.event.SessionEvent.Reason;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a session. */
public sealed interface SessionCommand {
    String sessionId();

    record OpenSession(@TargetAggregateIdentifier String sessionId, Opening opening) implements SessionCommand {}

    record CloseSession(@TargetAggregateIdentifier String sessionId, Reason reason) implements SessionCommand {}

    /**
     * A login that has been checked.
     *
     * @param password    the one it was checked against: when it has been changed meanwhile, nothing is opened; null
     *                    where somebody else has checked who it is
     * @param accessUntil when the first access token expires
     */
    record Opening(
            String userId,
            String username,
            @Nullable PasswordHash password,
            RefreshToken refreshToken,
            Instant at,
            Instant accessUntil,
            Instant expiresAt,
            @Nullable String ip,
            @Nullable String userAgent) {}
}
