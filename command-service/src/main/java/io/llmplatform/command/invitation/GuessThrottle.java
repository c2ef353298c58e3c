package io.llmplatform.command.invitation;

import io.llmplatform.command.refusal.TooManyAttempts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Slows down guessing of tokens, which are too long to be guessed: after 30 wrong ones an address waits until a
 * quarter of an hour has gone since the first of them (many people may come from one address). In memory, per instance; the 10,000 addresses seen last are remembered.
 */
@Component
public class GuessThrottle {
    static final int FREE_FAILURES = 30;
    static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int MOST_ADDRESSES = 10_000;

    private final Clock clock;
    private final Map<String, Failures> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    GuessThrottle(Clock clock) {
        this.clock = clock;
    }

    /** @throws TooManyAttempts when the address has to wait */
    public synchronized void check(String address) {
        var failures = byAddress.get(address);
        if (failures != null && failures.count() >= FREE_FAILURES) {
            var rest = Duration.between(clock.instant(), failures.since().plus(WINDOW));
            if (rest.isPositive()) {
                throw new TooManyAttempts(rest.plusSeconds(1));
            }
        }
    }

    public synchronized void failed(String address) {
        var now = clock.instant();
        byAddress.merge(
                address,
                new Failures(1, now),
                (before, _) -> now.isBefore(before.since().plus(WINDOW))
                        ? new Failures(before.count() + 1, before.since())
                        : new Failures(1, now));
    }

    private record Failures(int count, Instant since) {}
}
