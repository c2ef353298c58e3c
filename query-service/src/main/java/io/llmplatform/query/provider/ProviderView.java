package io.llmplatform.query.provider;

import java.time.Instant;

/** {@code Provider} of the management API. */
record ProviderView(
        String id,
        long version,
        String name,
        String type,
        String baseUrl,
        boolean hasApiKey,
        String status,
        Instant createdAt,
        Instant updatedAt) {}
