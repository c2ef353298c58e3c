package io.llmplatform.proxy.limit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The answer to a {@link Demand}. */
public sealed interface Admission {
    /** @param rates absent when none of the subjects has a limit a minute */
    record Granted(Reservation reservation, @Nullable RateState rates) implements Admission {}

    /**
     * Nothing was charged.
     *
     * @param subject    whose limit or budget it is; of several, the one that takes longest to give way
     * @param retryAfter when it would pass if nothing else came: exact for requests and tokens, a guess for concurrency;
     *                   absent for a budget, and for a request that wants more tokens than a whole minute has
     */
    record Denied(
            Subject subject,
            Reason reason,
            @Nullable Duration retryAfter,
            @Nullable RateState rates) implements Admission {}
}
