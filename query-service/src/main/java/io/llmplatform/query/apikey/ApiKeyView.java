package io.llmplatform.query.apikey;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ApiKey} of the management API. */
record ApiKeyView(
        String id,
        long version,
        String name,
        String prefix,
        String userId,
        @Nullable String username,
        String status,
        @Nullable List<String> allowedModels,
        @Nullable Instant expiresAt,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastUsedAt) {}
