package io.llmplatform.projections.runtime;

import org.jspecify.annotations.Nullable;

/**
 * A table that a projection keeps.
 *
 * @param time     column by whose days (UTC) builds are compared; null for a table that is compared as a whole
 * @param compared whether it is compared at all; not where it only repeats what others hold, later
 */
public record BuildTable(String name, @Nullable String time, boolean compared) {
    public static BuildTable of(String name) {
        return new BuildTable(name, null, true);
    }

    public static BuildTable byDay(String name, String time) {
        return new BuildTable(name, time, true);
    }

    /** What it holds follows from other tables of the projection, and may come later than that. */
    public static BuildTable copy(String name) {
        return new BuildTable(name, null, false);
    }
}
