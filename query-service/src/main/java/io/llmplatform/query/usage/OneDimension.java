package io.llmplatform.query.usage;

import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for, when it takes no more than one dimension beside the outcome: sums by each of these are kept.
 *
 * @param dimension null for everything
 * @param key       null for all values
 */
record OneDimension(@Nullable Dimension dimension, @Nullable String key) {

    /** Null when it takes more than one. */
    static @Nullable OneDimension of(UsageFilter filter, @Nullable Dimension groupBy) {
        if (!filter.viewerTeams().isEmpty()) {
            return null;
        }
        var needed = EnumSet.noneOf(Dimension.class);
        needed.addAll(filter.wanted().keySet());
        if (filter.viewer() != null) {
            needed.add(Dimension.USER_ID);
        }
        if (groupBy != null) {
            needed.add(groupBy);
        }
        needed.remove(Dimension.OUTCOME);
        if (needed.size() > 1) {
            return null;
        }
        var only = needed.isEmpty() ? null : needed.iterator().next();
        if (only == null) {
            return new OneDimension(null, null);
        }
        var key = filter.wanted().get(only);
        return new OneDimension(only, key == null && only == Dimension.USER_ID ? filter.viewer() : key);
    }

    String wire() {
        return dimension == null ? "" : dimension.wire();
    }
}
