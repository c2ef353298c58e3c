package io.llmplatform.query.team;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.access.Person;
import io.llmplatform.query.page.Filters;
import io.llmplatform.query.page.Listing;
import io.llmplatform.query.page.Page;
import io.llmplatform.query.web.RefusedException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Teams. To a member other teams than their own do not exist, to a manager others than their own and those they manage. */
@RestController
@RequestMapping("/api/admin/v1/teams")
class TeamController {
    private final TeamRows rows;
    private final TeamViews views;

    TeamController(TeamRows rows, TeamViews views) {
        this.rows = rows;
        this.views = views;
    }

    @GetMapping
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    Page<TeamView> list(
            Person person,
            @RequestParam @Nullable String q,
            @RequestParam @Nullable String status,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam @Nullable String cursor) {
        Specification<TeamRow> filter = Specification.allOf(
                Filters.contains(q, "name"),
                Filters.equal("status", status),
                person.seesEverything() ? Specification.unrestricted() : Filters.in("id", seen(person)));
        var window = Listing.of(rows, filter, limit, cursor);
        return Listing.page(window, views.of(window.getContent()), TeamRow::cursor);
    }

    @GetMapping("/{id}")
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    TeamView get(Person person, @PathVariable String id) {
        return rows.findById(id)
                .filter(row -> person.seesEverything() || seen(person).contains(id))
                .map(row -> views.of(List.of(row)).apply(row))
                .orElseThrow(() -> RefusedException.notFound("team", id));
    }

    /** For those who do not see everything. */
    private static Set<String> seen(Person person) {
        var seen = new HashSet<>(person.managedTeams());
        if (person.teamId() != null) {
            seen.add(person.teamId());
        }
        return seen;
    }
}
