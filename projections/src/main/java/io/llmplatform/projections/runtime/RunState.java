package io.llmplatform.projections.runtime;

import java.util.Locale;

/** What a projection is doing on this instance. */
public enum RunState {
    /** Has not yet read anything. */
    STARTING,
    /** Follows its topic. */
    RUNNING,
    /** Another instance is ahead; this one is ready to take over. */
    STANDBY,
    /** Something it needs is not available; it tries again. */
    FAILING;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
