package io.llmplatform.proxy.route;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker for calls that may last minutes: what ends after the breaker has opened says nothing about the time since,
 * and neither counts as a trial nor gives a trial's place back. Thread-safe.
 */
final class Breaker {
    private static final double JITTER = 0.2;

    /** Trial places are held for as long as the trial call takes; a guess is all there is to tell. */
    private static final Duration WHILE_TRIED = Duration.ofSeconds(1);

    private static final Throwable FAILED = new Failed();

    private final Clock clock;
    private final CircuitBreaker breaker;
    private final AtomicInteger openings = new AtomicInteger();
    private volatile Instant openUntil = Instant.MIN;

    Breaker(String name, BreakerSettings settings, Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                settings.window(),
                                settings.minimumCalls(),
                                SlidingWindowType.COUNT_BASED,
                                // The lock-free one links a new node for each call: once one of them is old, all that
                                // follow it grow old too, dead or not, and the heap fills with them.
                                SlidingWindowSynchronizationStrategy.SYNCHRONIZED)
                        .failureRateThreshold(settings.failurePercent())
                        .slowCallDurationThreshold(Duration.ofDays(1))
                        .waitIntervalFunctionInOpenState(opened(settings, random))
                        .permittedNumberOfCallsInHalfOpenState(settings.trials())
                        .clock(clock)
                        .build());
    }

    /** The interval function is asked whenever the breaker opens: the only place that knows until when. */
    private IntervalFunction opened(BreakerSettings settings, RandomGenerator random) {
        var doubling = IntervalFunction.ofExponentialBackoff(settings.openFor(), 2, settings.longestOpen());
        return attempt -> {
            long millis = Math.min(
                    Math.round(Jitter.around(doubling.apply(attempt), JITTER, random)),
                    settings.longestOpen().toMillis());
            openings.incrementAndGet();
            openUntil = clock.instant().plusMillis(millis);
            return millis;
        };
    }

    /** @param trial whether it is one of the few that decide if the breaker closes */
    record Permit(int opening, boolean trial) {}

    /** @return null when no call may go through now; otherwise ends in exactly one report */
    @Nullable
    Permit tryEnter() {
        if (!breaker.tryAcquirePermission()) {
            return null;
        }
        int opening = openings.get();
        return new Permit(opening, breaker.getState() == CircuitBreaker.State.HALF_OPEN);
    }

    void succeeded(Permit permit) {
        if (stillCounts(permit)) {
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        }
    }

    void failed(Permit permit) {
        if (stillCounts(permit)) {
            breaker.onError(0, TimeUnit.NANOSECONDS, FAILED);
        }
    }

    void released(Permit permit) {
        if (stillCounts(permit)) {
            breaker.releasePermission();
        }
    }

    private boolean stillCounts(Permit permit) {
        return permit.opening() == openings.get();
    }

    /** Does not wait for the rest of the open time. */
    void admitTrials() {
        if (breaker.getState() == CircuitBreaker.State.OPEN) {
            breaker.transitionToHalfOpenState();
        }
    }

    CircuitBreaker.State state() {
        return breaker.getState();
    }

    /** Whether {@link #tryEnter} has a chance now. */
    boolean mayPermit() {
        return breaker.getState() != CircuitBreaker.State.OPEN
                || clock.instant().isAfter(openUntil);
    }

    Instant openUntil() {
        return openUntil;
    }

    /** Positive. */
    Duration retryAfter() {
        var left = Duration.between(clock.instant(), openUntil).plusMillis(1);
        return breaker.getState() == CircuitBreaker.State.OPEN && left.isPositive() ? left : WHILE_TRIED;
    }

    /** The breaker wants a reason; all that matters is that there is one. */
    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed() {
            super(null, null, false, false);
        }
    }
}
