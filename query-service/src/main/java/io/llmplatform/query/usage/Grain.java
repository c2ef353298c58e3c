package io.llmplatform.query.usage;

/** How finely a statement looks at time: the coarser, the more of it can come from sums that are there already. */
public enum Grain {
    /** Finer than a minute: single requests only. */
    REQUEST,
    /** Minutes, of hours whose minutes are added up; else single requests. */
    MINUTE,
    HOUR,
    /** Days of UTC. */
    DAY,
    /** The period as a whole: it does not matter when in it something was. */
    PERIOD
}
