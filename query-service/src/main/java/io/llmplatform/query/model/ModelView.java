package io.llmplatform.query.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code Model} of the management API. */
record ModelView(
        String id,
        long version,
        String name,
        List<Deployment> deployments,
        @Nullable Price price,
        @Nullable JsonNode routing,
        @Nullable JsonNode limits,
        @Nullable JsonNode cache,
        @Nullable JsonNode catalog,
        String status,
        Instant createdAt,
        Instant updatedAt) {

    record Deployment(
            String id,
            String providerId,
            @Nullable String providerName,
            String upstreamModel,
            int weight,
            @Nullable Integer priority,
            @Nullable JsonNode when,
            @Nullable JsonNode limits,
            @Nullable JsonNode price) {}

    /** Money per 1,000,000 tokens. */
    record Price(
            String currency,
            BigDecimal input,
            BigDecimal output,
            @Nullable BigDecimal cachedInput) {}
}
