package io.llmplatform.query.price;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.page.Filters;
import io.llmplatform.query.page.Listing;
import io.llmplatform.query.page.Page;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Versions of prices, which everybody may see who may see the models. */
@RestController
@RequestMapping("/api/admin/v1/prices")
class PriceController {
    private final PriceVersionRows rows;
    private final Clock clock;

    PriceController(PriceVersionRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    @GetMapping
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    Page<PriceVersionView> list(
            @RequestParam(name = "model_id") @Nullable String modelId,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam @Nullable String cursor) {
        Specification<PriceVersionRow> filter = Filters.equal("modelId", modelId);
        var now = clock.instant();
        return Listing.page(Listing.of(rows, filter, limit, cursor), row -> row.view(now), PriceVersionRow::cursor);
    }
}
