package io.llmplatform.query.user;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code User} of the management API. */
record UserView(
        String id,
        long version,
        String username,
        @Nullable String displayName,
        @Nullable String email,
        String role,
        String status,
        Instant createdAt,
        Instant updatedAt) {}
