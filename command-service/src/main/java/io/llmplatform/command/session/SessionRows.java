package io.llmplatform.command.session;

import io.llmplatform.command.refusal.NotLoggedIn;
import io.llmplatform.command.session.SessionCommand.Opening;
import java.time.Instant;

/** What the write side must know of a session at once. Writes belong to the transaction of the command. */
interface SessionRows {
    /** @throws NotLoggedIn when the account was disabled or its password changed since it was checked */
    void open(String sessionId, Opening opening);

    /**
     * Ends it at once; its refresh tokens are forgotten.
     *
     * @return when its last access token expires
     */
    Instant close(String sessionId);
}
