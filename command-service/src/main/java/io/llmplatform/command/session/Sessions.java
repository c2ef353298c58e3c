package io.llmplatform.command.session;

import io.llmplatform.contracts.event.SessionEvent.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sessions there are. */
public interface Sessions {
    /** Whether a token of that session is in force: neither closed nor expired, and of that person. */
    boolean isOpen(String sessionId, String userId);

    /** The open ones of a person, the one used last first. */
    List<OpenSession> openOf(String userId);

    Optional<OpenSession> open(String sessionId);

    /** Whether the person has logged in from there in the last weeks. */
    boolean isKnownAddress(String userId, String ip);

    /**
     * Closes the open sessions of a person, in the transaction of the command that calls it.
     *
     * @param kept id of one that stays open, if any
     */
    void closeAllOf(String userId, Reason reason, @Nullable String kept);

    /** Some whose time is over and that nobody has closed yet. */
    List<String> expired(int most);

    /** Deletes closed ones that tell nothing any more. */
    void forgetOld();

    /** @param usedAt the login or the last refresh */
    record OpenSession(
            String id,
            String userId,
            @Nullable String ip,
            @Nullable String userAgent,
            Instant openedAt,
            Instant usedAt,
            Instant expiresAt) {}
}
