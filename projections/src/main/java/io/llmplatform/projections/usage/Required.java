package io.llmplatform.projections.usage;

import org.jspecify.annotations.Nullable;

/** What a record cannot be stored without. */
final class Required {
    private Required() {}

    static <T> T of(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + ": missing");
        }
        return value;
    }
}
