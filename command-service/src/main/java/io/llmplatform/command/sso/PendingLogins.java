package io.llmplatform.command.sso;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.secret.SealedSecret;
import io.llmplatform.contracts.secret.SecretBox;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** Pending logins as a browser keeps them: sealed, for ten minutes, good for any instance. */
@Component
public class PendingLogins {
    public static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final String OWNER = "single-sign-on";
    private static final int LONGEST = 4_000;

    private final SecretBox box;
    private final SecureRandom random;
    private final Clock clock;

    PendingLogins(SecretBox box, SecureRandom random, Clock clock) {
        this.box = box;
        this.random = random;
        this.clock = clock;
    }

    public PendingLogin begin(String next) {
        return PendingLogin.begin(random, next, clock.instant().plus(LIFETIME));
    }

    public String seal(PendingLogin pending) {
        var sealed = box.seal(ContractJson.mapper().writeValueAsString(pending), OWNER);
        return sealed.kek() + "." + sealed.wrappedKey() + "." + sealed.ciphertext();
    }

    /** Nothing for what was not sealed here, or too long ago. */
    public Optional<PendingLogin> open(String text) {
        var parts = text.split("\\.", -1);
        if (text.length() > LONGEST || parts.length != 3) {
            return Optional.empty();
        }
        try {
            var opened = box.open(new SealedSecret(Integer.parseInt(parts[0]), parts[1], parts[2]), OWNER);
            return Optional.of(ContractJson.mapper().readValue(opened, PendingLogin.class))
                    .filter(pending -> clock.instant().isBefore(pending.until()));
        } catch (SecretBox.WrongKeyException | IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }
}
