package io.llmplatform.query.user;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.access.Person;
import io.llmplatform.query.page.Filters;
import io.llmplatform.query.page.Listing;
import io.llmplatform.query.page.Page;
import io.llmplatform.query.web.RefusedException;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Accounts. A member sees themselves and nobody else, a manager the members of their teams beside. */
@RestController
@RequestMapping("/api/admin/v1/users")
class UserController {
    private final UserRows rows;

    UserController(UserRows rows) {
        this.rows = rows;
    }

    @GetMapping
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    Page<UserView> list(
            Person person,
            @RequestParam @Nullable String q,
            @RequestParam @Nullable String role,
            @RequestParam(name = "team_id") @Nullable String teamId,
            @RequestParam @Nullable String status,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam @Nullable String cursor) {
        Specification<UserRow> filter = Specification.allOf(
                Filters.contains(q, "username", "displayName", "email"),
                Filters.equal("role", role),
                Filters.equal("teamId", teamId),
                Filters.equal("status", status),
                seenBy(person));
        return Listing.page(Listing.of(rows, filter, limit, cursor), UserRow::view, UserRow::cursor);
    }

    @GetMapping("/{id}")
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    UserView get(Person person, @PathVariable String id) {
        var row = rows.findById(id);
        if (!person.seesEverything()
                && !person.id().equals(id)
                && row.filter(other -> other.isMemberOf(person.managedTeams())).isEmpty()) {
            throw RefusedException.forbidden("not an account that you may see");
        }
        return row.map(UserRow::view).orElseThrow(() -> RefusedException.notFound("user", id));
    }

    private static Specification<UserRow> seenBy(Person person) {
        return person.seesEverything()
                ? Specification.unrestricted()
                : Specification.anyOf(Filters.equal("id", person.id()), Filters.in("teamId", person.managedTeams()));
    }
}
