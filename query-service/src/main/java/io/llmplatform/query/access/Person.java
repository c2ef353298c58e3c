package io.llmplatform.query.access;

import io.llmplatform.contracts.http.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks. The role is the read model's, so a change of it counts at once.
 *
 * @param managedTeams teams whose members, keys and usage they see; none unless the role is manager
 */
public record Person(
        String id, Role role, boolean active, @Nullable String teamId, Set<String> managedTeams) {
    public Person {
        managedTeams = role == Role.MANAGER ? Set.copyOf(managedTeams) : Set.of();
    }

    /** Whose request it is; nobody's before the gate. */
    public static Optional<Person> of(HttpServletRequest request) {
        return Optional.ofNullable((Person) request.getAttribute(AccessGate.PERSON));
    }

    /** Whether they see what belongs to others. */
    public boolean seesEverything() {
        return role == Role.ADMIN || role == Role.AUDITOR;
    }
}
