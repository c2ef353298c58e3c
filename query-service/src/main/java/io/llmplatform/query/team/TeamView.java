package io.llmplatform.query.team;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code Team} of the management API. */
record TeamView(
        String id,
        long version,
        String name,
        @Nullable JsonNode limits,
        @Nullable JsonNode budgets,
        List<Manager> managers,
        String status,
        Instant createdAt,
        Instant updatedAt) {

    record Manager(String userId, String username) {}
}
