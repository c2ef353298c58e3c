package io.llmplatform.command.secondfactor;

import io.llmplatform.contracts.secret.SealedSecret;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Second factors, one a person at most. One that was begun counts for nothing until it is confirmed. Of several who use
 * the same code at the same time, on whichever instance, one succeeds.
 */
public interface SecondFactors {
    /**
     * Begins an enrolment; takes the place of one that was begun before.
     *
     * @return false when a factor is in force
     */
    boolean begin(String userId, SealedSecret secret);

    /** Begun or in force. */
    Optional<Factor> find(String userId);

    /**
     * Puts in force what was begun with that secret; its first code is used up by it.
     *
     * @param recoveryCodes hashes
     * @return false when it is not, or no longer, that one which was begun
     */
    boolean confirm(String userId, SealedSecret secret, long step, Collection<String> recoveryCodes, Instant at);

    /**
     * Uses up the code of that step and of all steps before it.
     *
     * @return false when it was used up already
     */
    boolean useStep(String userId, long step);

    boolean hasRecoveryCode(String userId, String hash);

    /** @return false when it was used already, or never was */
    boolean useRecoveryCode(String userId, String hash);

    int recoveryCodesLeft(String userId);

    /** With its recovery codes. */
    void remove(String userId);

    /** @param since when it came into force; null when it was only begun */
    record Factor(SealedSecret secret, @Nullable Instant since) {
        public boolean inForce() {
            return since != null;
        }
    }
}
