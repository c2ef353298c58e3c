package io.llmplatform.proxy.route;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Moving average of the time to the first byte. Thread-safe. */
final class Latency {
    /** Share of the newest value: some ten calls make the picture. */
    private static final double NEWEST = 0.2;

    private final AtomicReference<@Nullable Average> average = new AtomicReference<>();

    /** @param at when it was last measured */
    record Average(double nanos, Instant at) {
        Duration duration() {
            return Duration.ofNanos(Math.round(nanos));
        }
    }

    void measured(Duration time, Instant at) {
        double nanos = Math.max(0, time.toNanos());
        average.accumulateAndGet(
                new Average(nanos, at),
                (held, newest) -> held == null || newest == null
                        ? newest
                        : new Average(held.nanos + NEWEST * (newest.nanos - held.nanos), newest.at));
    }

    /** Null when it was never measured. */
    @Nullable
    Average average() {
        return average.get();
    }
}
