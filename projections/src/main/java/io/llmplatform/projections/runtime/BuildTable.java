package io.llmplatform.projections.runtime;

import org.jspecify.annotations.Nullable;

/**
 * A table that a projection keeps.
 *
 * @param time column by whose days (UTC) builds are compared; null for a table that is compared as a whole
 */
public record BuildTable(String name, @Nullable String time) {
    public static BuildTable of(String name) {
        return new BuildTable(name, null);
    }
}
