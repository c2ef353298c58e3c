package io.llmplatform.proxy.route;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Starts with the wall clock and then runs by {@link System#nanoTime}: a clock that is set, back or forth, neither keeps breakers
 * open for an hour nor spoils a latency. Drifts from the wall clock, so not for time stamps that leave the process.
 */
public final class MonotonicClock extends Clock {
    private final Instant start;
    private final long startNanos;
    private final ZoneId zone;

    public MonotonicClock(Clock wall) {
        this(wall.instant(), System.nanoTime(), ZoneOffset.UTC);
    }

    private MonotonicClock(Instant start, long startNanos, ZoneId zone) {
        this.start = start;
        this.startNanos = startNanos;
        this.zone = zone;
    }

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new MonotonicClock(start, startNanos, other);
    }
}
