package io.llmplatform.query.provider;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Allowed;
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

/** Providers. Where models run is not a member's concern. */
@RestController
@RequestMapping("/api/admin/v1/providers")
class ProviderController {
    private final ProviderRows rows;

    ProviderController(ProviderRows rows) {
        this.rows = rows;
    }

    @GetMapping
    @Allowed({Role.ADMIN, Role.AUDITOR})
    Page<ProviderView> list(
            @RequestParam @Nullable String q,
            @RequestParam @Nullable String status,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam @Nullable String cursor) {
        Specification<ProviderRow> filter =
                Specification.allOf(Filters.contains(q, "name", "type", "baseUrl"), Filters.equal("status", status));
        return Listing.page(Listing.of(rows, filter, limit, cursor), ProviderRow::view, ProviderRow::cursor);
    }

    @GetMapping("/{id}")
    @Allowed({Role.ADMIN, Role.AUDITOR})
    ProviderView get(@PathVariable String id) {
        return rows.findById(id).map(ProviderRow::view).orElseThrow(() -> RefusedException.notFound("provider", id));
    }
}
