package io.llmplatform.query.usage.cost;

import io.llmplatform.query.usage.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code UsageWhatIf} of the management API.
 *
 * @param prices     where the other prices come from; empty when nothing but a budget is asked about
 * @param difference what if less billed
 * @param singleRequestsFrom as in {@link UsageCosts}: what is older is in neither
 * @param models     by the model that answered, the dearest first
 */
record WhatIf(
        Period period,
        List<PriceBook.Cited> prices,
        long requests,
        SortedMap<String, BigDecimal> billed,
        SortedMap<String, BigDecimal> whatIf,
        SortedMap<String, BigDecimal> difference,
        List<OfModel> models,
        @Nullable OfBudget budget,
        @Nullable Instant singleRequestsFrom) {

    record OfModel(
            String model, long requests, SortedMap<String, BigDecimal> billed, SortedMap<String, BigDecimal> whatIf) {}

    /**
     * @param spent       in the budget's currency, at these prices; what is in another currency does not count
     * @param exhaustedAt when the request arrived with which the amount was reached; absent when it was not
     * @param requestId   of that request
     */
    record OfBudget(
            BigDecimal amount,
            String currency,
            BigDecimal spent,
            BigDecimal remaining,
            @Nullable Instant exhaustedAt,
            @Nullable String requestId,
            @Nullable String requestsLink) {}
}
