package io.llmplatform.command.invitation;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/** Makes the tokens of one-time links. They work for 72 hours. */
@Component
public class InvitationMint {
    static final Duration LIFETIME = Duration.ofHours(72);

    private final SecureRandom random;
    private final Clock clock;

    InvitationMint(SecureRandom random, Clock clock) {
        this.random = random;
        this.clock = clock;
    }

    public Minted mint() {
        var token = InvitationToken.generate(random);
        var expiresAt = clock.instant().plus(LIFETIME).truncatedTo(ChronoUnit.SECONDS);
        return new Minted(token, InvitationToken.hash(token), expiresAt);
    }

    /** @param token for one answer, and for nothing else */
    public record Minted(String token, String hash, Instant expiresAt) {
        @Override
        public String toString() {
            return "Minted[" + expiresAt + "]";
        }
    }
}
