package io.llmplatform.bench.report;

import org.jspecify.annotations.Nullable;

/**
 * One target of a run.
 *
 * @param notMeasured why there are no samples of it
 * @param memory      null for the direct call and for what was not measured
 */
public record TargetInfo(
        String name,
        String version,
        String setup,
        @Nullable String notMeasured,
        @Nullable Memory memory) {

    /**
     * Resident bytes of all its processes.
     *
     * @param idle   after its start, before any load
     * @param loaded the most that was seen under load
     * @param after  at the end, at rest
     */
    public record Memory(long idle, long loaded, long after) {}
}
