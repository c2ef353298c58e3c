package io.llmplatform.command.user;

import io.llmplatform.command.invitation.InvitationMint.Minted;
import java.time.Instant;

/**
 * A one-time link in an answer, the only place where its token is ever written out.
 *
 * @param link path and fragment at the console; a browser sends the fragment to nobody, so it is in no log
 */
record InvitationLink(String token, String link, Instant expiresAt) {
    static InvitationLink of(Minted minted) {
        return new InvitationLink(minted.token(), "/invitation#" + minted.token(), minted.expiresAt());
    }

    @Override
    public String toString() {
        return "InvitationLink[" + expiresAt + "]";
    }
}
