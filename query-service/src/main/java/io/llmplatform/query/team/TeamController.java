package io.llmplatform.query.team;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.access.Person;
import io.llmplatform.query.page.Filters;
import io.llmplatform.query.page.Listing;
import io.llmplatform.query.page.Page;
import io.llmplatform.query.web.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Teams. To a member other teams than their own do not exist. */
@RestController
@RequestMapping("/api/admin/v1/teams")
class TeamController {
    private final TeamRows rows;

    TeamController(TeamRows rows) {
        this.rows = rows;
    }

    @GetMapping
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MEMBER})
    Page<TeamView> list(
            Person person,
            @RequestParam @Nullable String q,
            @RequestParam @Nullable String status,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam @Nullable String cursor) {
        if (!person.seesEverything() && person.teamId() == null) {
            return new Page<>(List.of(), null);
        }
        Specification<TeamRow> filter = Specification.allOf(
                Filters.contains(q, "name"),
                Filters.equal("status", status),
                Filters.equal("id", person.seesEverything() ? null : person.teamId()));
        return Listing.page(Listing.of(rows, filter, limit, cursor), TeamRow::view, TeamRow::cursor);
    }

    @GetMapping("/{id}")
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MEMBER})
    TeamView get(Person person, @PathVariable String id) {
        return rows.findById(id)
                .filter(row -> person.seesEverything() || id.equals(person.teamId()))
                .map(TeamRow::view)
                .orElseThrow(() -> RefusedException.notFound("team", id));
    }
}
