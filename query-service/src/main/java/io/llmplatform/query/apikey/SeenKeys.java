package io.llmplatform.query.apikey;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Person;
import io.llmplatform.query.page.Filters;
import io.llmplatform.query.user.UserRow;
import java.util.List;
import java.util.Set;
import org.springframework.data.jpa.domain.Specification;

/**
 * Which keys a person sees: administrators and auditors all, everybody their own, a manager those of their teams and of
 * the members too, except of members who are administrators or auditors (the write side keeps them away from these).
 */
final class SeenKeys {
    private static final List<String> OVERSEEN = List.of(Role.MEMBER.wire(), Role.MANAGER.wire());

    private SeenKeys() {}

    static Specification<ApiKeyRow> by(Person person) {
        if (person.seesEverything()) {
            return Specification.unrestricted();
        }
        Specification<ApiKeyRow> own = Filters.equal("userId", person.id());
        var teams = person.managedTeams();
        return teams.isEmpty() ? own : Specification.anyOf(own, Filters.in("teamId", teams), ofMembers(teams));
    }

    private static Specification<ApiKeyRow> ofMembers(Set<String> teams) {
        return (key, query, cb) -> {
            var members = query.subquery(String.class);
            var user = members.from(UserRow.class);
            members.select(user.get("id"))
                    .where(user.get("teamId").in(teams), user.get("role").in(OVERSEEN));
            return key.get("userId").in(members);
        };
    }
}
