package io.llmplatform.query.apikey;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code ApiKey} of the management API. */
record ApiKeyView(
        String id,
        long version,
        String name,
        String prefix,
        @Nullable String previousPrefix,
        @Nullable Instant previousUntil,
        String kind,
        @Nullable String userId,
        @Nullable String username,
        @Nullable String teamId,
        @Nullable String teamName,
        String status,
        @Nullable List<String> allowedModels,
        @Nullable Instant expiresAt,
        @Nullable List<String> scopes,
        @Nullable List<String> allowedIps,
        @Nullable JsonNode limits,
        @Nullable JsonNode budgets,
        @Nullable Boolean cache,
        @Nullable JsonNode metadata,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastUsedAt) {}
