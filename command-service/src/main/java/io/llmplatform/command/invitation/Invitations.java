package io.llmplatform.command.invitation;

import java.time.Instant;
import java.util.Optional;

/** Open invitations, one a person at most. Writes belong to the transaction of the command that makes them. */
public interface Invitations {
    /** Takes the place of the one before. */
    void open(String userId, String tokenHash, Instant expiresAt);

    /** Ends the one there is, if any. */
    void close(String userId);

    /**
     * Ends the invitation, if it is open, of that token and in force. Of two who try at once, one succeeds.
     *
     * @return whether it was
     */
    boolean use(String userId, String tokenHash, Instant now);

    /** Whose it is, while it is in force. */
    Optional<String> invited(String tokenHash, Instant now);
}
