package io.llmplatform.query.access;

import io.llmplatform.contracts.http.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;

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

    /** The one whom the gate let in with this request. */
    public static Person asking(NativeWebRequest request) {
        return (Person)
                Objects.requireNonNull(request.getAttribute(AccessGate.PERSON, RequestAttributes.SCOPE_REQUEST));
    }

    /** Whether they see what belongs to others. */
    public boolean seesEverything() {
        return role == Role.ADMIN || role == Role.AUDITOR;
    }
}
