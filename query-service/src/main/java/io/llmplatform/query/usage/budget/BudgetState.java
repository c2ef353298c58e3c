package io.llmplatform.query.usage.budget;

import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.query.usage.Dimension;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code BudgetState} of the management API.
 *
 * @param dimension   whose it is: {@code user_id}, {@code team_id} or {@code api_key_id}
 * @param from        when its period began; the first record for a total
 * @param to          when its period ends; absent for a total
 * @param remaining   negative when more was spent
 * @param used        part of the amount, 0.25 for a quarter
 * @param pace        money an hour, as lately: in the last 24 hours for a day, 7 days for a month, 30 days for a total
 * @param forecast    spent at the end of the period at this pace; absent for a total
 * @param exhaustedAt when it was spent, or will be at this pace; absent when it will not be within the period
 * @param points      what had been spent by the end of each hour of a day, or day of a month; of a total the last 30 days
 */
record BudgetState(
        Dimension dimension,
        String id,
        @Nullable String name,
        Budget.Period period,
        BigDecimal amount,
        String currency,
        @Nullable Instant from,
        @Nullable Instant to,
        BigDecimal spent,
        BigDecimal remaining,
        BigDecimal used,
        boolean exhausted,
        BigDecimal pace,
        @Nullable BigDecimal forecast,
        @Nullable Instant exhaustedAt,
        List<Point> points,
        String requestsLink) {

    /** @param at end of the step */
    record Point(Instant at, BigDecimal spent) {}
}
