package io.llmplatform.query.price;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code PriceVersion} of the management API. */
record PriceVersionView(
        String bookId,
        long bookVersion,
        String modelId,
        String modelName,
        int number,
        String state,
        Instant effectiveFrom,
        @Nullable Instant effectiveUntil,
        JsonNode rates,
        @Nullable Integer corrects,
        @Nullable Integer correctedBy,
        Instant recordedAt) {}
