package io.llmplatform.bench.load;

import java.time.Duration;

/**
 * How streams are asked for.
 *
 * @param concurrency how many at once
 * @param ramp        over which the first ones start, so that their chunks do not all fall into the same instant
 * @param again       how long a slot starts another stream when its last one ended; zero: one stream for each slot
 * @param patience    a stream that is silent for longer has failed
 */
public record StreamPlan(int concurrency, Duration ramp, Duration again, Duration patience) {
    /** The same for another time. */
    public StreamPlan lasting(Duration time) {
        return new StreamPlan(concurrency, ramp, time, patience);
    }
}
