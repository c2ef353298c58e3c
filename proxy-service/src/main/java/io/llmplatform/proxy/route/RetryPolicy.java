package io.llmplatform.proxy.route;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/**
 * What follows a failed attempt. Only to be asked as long as the client has not got a byte: what has begun is never tried
 * again.
 */
public final class RetryPolicy {
    public static final int DEFAULT_ATTEMPTS = 3;

    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final double JITTER = 0.5;

    /** A client is better told than kept waiting for longer. */
    private static final Duration LONGEST_ASKED = Duration.ofSeconds(5);

    /** Spread behind the time the upstream names, so that those who were told the same do not come back at once. */
    private static final int SPREAD_MILLIS = 250;

    private static final Set<Integer> PASSING = Set.of(408, 409, 429, 500, 502, 503, 504, 529);

    /** About our account at that provider: another deployment may have a better one, the same one will not. */
    private static final Set<Integer> PASSING_ELSEWHERE = Set.of(401, 402, 403);

    private final IntSupplier maxAttempts;
    private final RandomGenerator random;
    private final IntervalFunction backoff;

    /**
     * @param maxAttempts in all, the first included
     * @param random      thread-safe
     */
    public RetryPolicy(int maxAttempts, RandomGenerator random) {
        this(() -> maxAttempts, random);
    }

    /** @param maxAttempts asked each time: it may change while the gateway runs */
    public RetryPolicy(IntSupplier maxAttempts, RandomGenerator random) {
        this.maxAttempts = maxAttempts;
        this.random = random;
        this.backoff = IntervalFunction.ofExponentialBackoff(FIRST_WAIT, 2, LONGEST_WAIT);
    }

    public sealed interface Next {}

    /** The client gets this failure. */
    public record GiveUp() implements Next {}

    /** {@link Journey#next()}, at once. */
    public record TryOther() implements Next {}

    /** {@link Journey#again()}, after that long. */
    public record Wait(Duration duration) implements Next {}

    /**
     * @param attempts made so far, at least 1
     * @param another  {@link Journey#another()}; false once {@code next()} gave none all the same
     * @param left     until the request's total deadline
     */
    public Next after(Failure failure, int attempts, boolean another, Duration left) {
        boolean elsewhere = PASSING_ELSEWHERE.contains(failure.status());
        if (!(elsewhere || mayPass(failure)) || attempts >= maxAttempts.getAsInt() || !left.isPositive()) {
            return new GiveUp();
        }
        if (another) {
            return new TryOther();
        }
        if (elsewhere) {
            return new GiveUp();
        }
        var asked = failure.retryAfter();
        if (asked != null && asked.compareTo(LONGEST_ASKED) > 0) {
            return new GiveUp();
        }
        var wait =
                asked == null ? jittered(backoff.apply(attempts)) : asked.plusMillis(1 + random.nextInt(SPREAD_MILLIS));
        return wait.compareTo(left) < 0 ? new Wait(wait) : new GiveUp();
    }

    private static boolean mayPass(Failure failure) {
        return failure.kind() != Failure.Kind.STATUS || PASSING.contains(failure.status());
    }

    private Duration jittered(long millis) {
        return Duration.ofMillis(Math.clamp(
                Math.round(Jitter.around(millis, JITTER, random)), FIRST_WAIT.toMillis(), LONGEST_WAIT.toMillis()));
    }
}
