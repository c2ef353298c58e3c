package io.llmplatform.command.login;

import io.llmplatform.command.refusal.TooManyAttempts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Slows down guessing: from the tenth failure on, an account cannot be tried from that address for 30 s, doubling with
 * each further failure up to 15 minutes. Other addresses are not affected, so nobody can lock another out. In memory,
 * per instance; the 10,000 pairs that failed last are remembered.
 */
@Component
class LoginThrottle {
    static final int FREE_FAILURES = 10;
    private static final int MOST_PAIRS = 10_000;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private final Clock clock;
    private final Map<String, Failures> byPair = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MOST_PAIRS;
        }
    };

    LoginThrottle(Clock clock) {
        this.clock = clock;
    }

    /**
     * Counts an attempt as failed until {@link #succeeded} takes that back, so that attempts made at the same time count
     * too.
     *
     * @throws TooManyAttempts during a pause
     */
    synchronized void attempt(String username, String address) {
        var now = clock.instant();
        var before = byPair.getOrDefault(pair(username, address), Failures.NONE);
        if (now.isBefore(before.pausedUntil())) {
            throw new TooManyAttempts(
                    Duration.between(now, before.pausedUntil()).plusSeconds(1));
        }
        int count = before.count() + 1;
        byPair.put(pair(username, address), new Failures(count, now.plus(pause(count))));
    }

    synchronized void succeeded(String username, String address) {
        byPair.remove(pair(username, address));
    }

    /** Takes back one attempt that came to no result, such as with the database away. */
    synchronized void undecided(String username, String address) {
        byPair.computeIfPresent(
                pair(username, address), (_, failures) -> new Failures(failures.count() - 1, Instant.EPOCH));
    }

    private static Duration pause(int failures) {
        if (failures < FREE_FAILURES) {
            return Duration.ZERO;
        }
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - FREE_FAILURES, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private static String pair(String username, String address) {
        return username.toLowerCase(Locale.ROOT) + '\n' + address;
    }

    private record Failures(int count, Instant pausedUntil) {
        static final Failures NONE = new Failures(0, Instant.EPOCH);
    }
}
