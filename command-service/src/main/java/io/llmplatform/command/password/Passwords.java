package io.llmplatform.command.password;

import io.llmplatform.command.refusal.TooBusy;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Argon2id with OWASP's parameters (19 MiB, two passes). At most as many at a time as there are processors, so that a
 * flood of logins costs neither the memory nor all the processors; who waits longer than three seconds is turned away.
 */
@Component
public class Passwords {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    private final Argon2PasswordEncoder argon2 = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);
    private final Semaphore permits =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);

    /** Verified when there is no such user, so that the answer takes as long as for one there is. */
    private final PasswordHash nobodys;

    Passwords() {
        nobodys = new PasswordHash(argon2.encode("nobody has this password"));
    }

    public PasswordHash hash(String password) {
        return limited(() -> new PasswordHash(argon2.encode(password)));
    }

    /** @param hash null when there is no such user: false, after the same work */
    public boolean matches(String password, @Nullable PasswordHash hash) {
        return limited(() -> argon2.matches(password, (hash == null ? nobodys : hash).encoded())) && hash != null;
    }

    private <T> T limited(Supplier<T> work) {
        try {
            if (!permits.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TooBusy("too many passwords are being checked", Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooBusy("shutting down", Duration.ofSeconds(1));
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }
}
