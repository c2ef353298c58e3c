package io.llmplatform.query.access;

import io.llmplatform.contracts.http.Role;
import org.jspecify.annotations.Nullable;

/** Who asks. The role is the read model's, so a change of it counts at once. */
public record Person(
        String id, Role role, boolean active, @Nullable String teamId) {
    /** Whether they see what belongs to others. */
    public boolean seesEverything() {
        return role == Role.ADMIN || role == Role.AUDITOR;
    }
}
