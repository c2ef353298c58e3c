package io.llmplatform.query.access;

import io.llmplatform.contracts.http.Role;

/** Who asks. The role is the read model's, so a change of it counts at once. */
public record Person(String id, Role role, boolean active) {
    /** Whether they see what belongs to others. */
    public boolean seesEverything() {
        return role == Role.ADMIN || role == Role.AUDITOR;
    }
}
