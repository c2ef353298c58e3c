package io.llmplatform.query.apikey;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.access.Person;
import io.llmplatform.query.page.Filters;
import io.llmplatform.query.page.Listing;
import io.llmplatform.query.page.Page;
import io.llmplatform.query.web.RefusedException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** API keys. To a member those of others do not exist, to a manager those outside of their teams. */
@RestController
@RequestMapping("/api/admin/v1/api-keys")
class ApiKeyController {
    private final ApiKeyRows rows;
    private final ApiKeyViews views;
    private final Clock clock;

    ApiKeyController(ApiKeyRows rows, ApiKeyViews views, Clock clock) {
        this.rows = rows;
        this.views = views;
        this.clock = clock;
    }

    @GetMapping
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    Page<ApiKeyView> list(
            Person person,
            @RequestParam @Nullable String q,
            @RequestParam(name = "user_id") @Nullable String userId,
            @RequestParam(name = "team_id") @Nullable String teamId,
            @RequestParam @Nullable String status,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam @Nullable String cursor) {
        Specification<ApiKeyRow> filter = Specification.allOf(
                Filters.contains(q, "name", "prefix", "previousPrefix"),
                Filters.equal("userId", userId),
                Filters.equal("teamId", teamId),
                SeenKeys.by(person),
                hasStatus(status, clock.instant()));
        var window = Listing.of(rows, filter, limit, cursor);
        return Listing.page(window, views.of(window.getContent()), ApiKeyRow::cursor);
    }

    @GetMapping("/{id}")
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    ApiKeyView get(Person person, @PathVariable String id) {
        return rows.findOne(Specification.allOf(Filters.equal("id", id), SeenKeys.by(person)))
                .map(row -> views.of(List.of(row)).apply(row))
                .orElseThrow(() -> RefusedException.notFound("API key", id));
    }

    private static Specification<ApiKeyRow> hasStatus(@Nullable String status, Instant now) {
        if (status == null) {
            return Specification.unrestricted();
        }
        return switch (status) {
            case "expired" ->
                (row, query, cb) ->
                        cb.and(cb.equal(row.get("status"), "active"), cb.lessThanOrEqualTo(row.get("expiresAt"), now));
            case "active" ->
                (row, query, cb) -> cb.and(
                        cb.equal(row.get("status"), "active"),
                        cb.or(cb.isNull(row.get("expiresAt")), cb.greaterThan(row.get("expiresAt"), now)));
            default -> Filters.equal("status", status);
        };
    }
}
