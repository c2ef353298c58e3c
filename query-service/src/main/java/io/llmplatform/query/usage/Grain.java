package io.llmplatform.query.usage;

/** How finely a statement looks at time: the coarser, the more of it can come from sums that are there already. */
public enum Grain {
    /** Finer than an hour: single requests only. */
    REQUEST,
    HOUR,
    /** Days of UTC, or the period as a whole. */
    DAY
}
