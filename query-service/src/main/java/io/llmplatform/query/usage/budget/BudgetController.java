package io.llmplatform.query.usage.budget;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.page.Page;
import io.llmplatform.query.usage.UsageFilter;
import io.llmplatform.query.web.Instants;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Budgets and how they burn down. */
@RestController
@RequestMapping("/api/admin/v1/usage/budgets")
class BudgetController {
    private final Budgets budgets;
    private final Clock clock;

    BudgetController(Budgets budgets, Clock clock) {
        this.budgets = budgets;
        this.clock = clock;
    }

    @GetMapping
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    Page<BudgetState> list(
            UsageFilter filter, @RequestParam @Nullable String at, @RequestParam(defaultValue = "50") int limit) {
        return new Page<>(budgets.at(filter, at == null ? clock.instant() : Instants.parse(at), limit), null);
    }
}
