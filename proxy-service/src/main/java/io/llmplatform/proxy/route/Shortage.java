package io.llmplatform.proxy.route;

import java.time.Duration;

/** Why there is no deployment to try. Once an attempt was made, that attempt's failure says more than this. */
public sealed interface Shortage {
    /** No deployment whose provider is active and usable, in the model or in a fallback of it: 503. */
    record NotConfigured() implements Shortage {}

    /** There are deployments, but no type of provider among them can do what is asked: 400. */
    record NotServable() implements Shortage {}

    /** There are deployments that could, but by their conditions none is for such a request: 400. */
    record NotMatched() implements Shortage {}

    /** All that could serve were tried. */
    record Exhausted() implements Shortage {}

    /**
     * All that could serve cannot at the moment; this is the one that is free again soonest.
     *
     * @param retryAfter positive
     */
    record Busy(Cause cause, Duration retryAfter) implements Shortage {
        /** 429 for limits, ours or the provider's; otherwise 503. */
        public int status() {
            return cause == Cause.LIMIT || cause == Cause.RATE_LIMITED ? 429 : 503;
        }
    }

    enum Cause {
        /** The circuit breaker is open, or its trial calls are under way. */
        BREAKER_OPEN,
        /** The provider answered 429 and said when to come again. */
        RATE_LIMITED,
        /** The provider answered 503 or 529 and said when to come again. */
        OVERLOADED,
        /** The deployment's limits in our configuration are reached. */
        LIMIT
    }
}
