package io.llmplatform.query.user;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code User} of the management API. */
record UserView(
        String id,
        long version,
        String username,
        @Nullable String displayName,
        @Nullable String email,
        String role,
        @Nullable String teamId,
        @Nullable JsonNode limits,
        @Nullable JsonNode budgets,
        String status,
        @Nullable Instant invitedUntil,
        boolean secondFactor,
        Instant createdAt,
        Instant updatedAt) {}
