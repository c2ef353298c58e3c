package io.llmplatform.query.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code UsageBreakdown} of the management API.
 *
 * @param keys  how many values of the dimension there are
 * @param rows  the largest first
 * @param other what is not among them; absent when that is nothing
 */
record UsageBreakdown(
        Dimension dimension,
        long keys,
        List<Row> rows,
        @Nullable Row other) {

    /**
     * @param key      null for requests without a value of the dimension, and for the rest
     * @param name     what people call it; absent where the key is the name, or is not known any more
     * @param requestsLink where they are listed; absent where no filter says it
     */
    record Row(
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String key,

            @Nullable String name,
            @JsonUnwrapped Sums sums,
            Percentiles latencyMs,
            Percentiles ttftMs,
            @Nullable String requestsLink) {}
}
