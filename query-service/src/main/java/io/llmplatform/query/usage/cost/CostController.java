package io.llmplatform.query.usage.cost;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.usage.Period;
import io.llmplatform.query.usage.UsageFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What usage cost, and what it would have cost. */
@RestController
@RequestMapping("/api/admin/v1/usage")
class CostController {
    private static final int MOST_DAYS = 366;

    private final CostRestatement restatement;
    private final WhatIfs whatIfs;

    CostController(CostRestatement restatement, WhatIfs whatIfs) {
        this.restatement = restatement;
        this.whatIfs = whatIfs;
    }

    @GetMapping("/costs")
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    UsageCosts costs(UsageFilter filter, Period period) {
        return restatement.of(filter, period.atMost(MOST_DAYS));
    }

    @GetMapping("/what-if")
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    WhatIf whatIf(
            UsageFilter filter,
            Period period,
            @RequestParam(name = "prices_of") @Nullable String pricesOf,
            @RequestParam @Nullable String currency,
            @RequestParam @Nullable String input,
            @RequestParam @Nullable String output,
            @RequestParam(name = "cached_input") @Nullable String cachedInput,
            @RequestParam @Nullable String reasoning,
            @RequestParam @Nullable String request,
            @RequestParam @Nullable String budget,
            @RequestParam(name = "budget_currency") @Nullable String budgetCurrency) {
        var prices = OtherPrices.of(pricesOf, currency, input, output, cachedInput, reasoning, request);
        return whatIfs.of(filter, period.atMost(MOST_DAYS), prices, WhatIfs.BudgetAsked.of(budget, budgetCurrency));
    }
}
