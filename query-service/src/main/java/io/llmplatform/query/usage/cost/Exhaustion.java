package io.llmplatform.query.usage.cost;

import io.llmplatform.contracts.policy.Charges;
import io.llmplatform.contracts.policy.TokenCounts;
import io.llmplatform.query.sql.SqlFile;
import io.llmplatform.query.usage.Period;
import io.llmplatform.query.usage.StoredRequest;
import io.llmplatform.query.usage.UsageFilter;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the request with which a budget would have been spent: first its hour, then the request itself. */
@Component
class Exhaustion {
    private final JdbcClient jdbc;
    private final String rows = SqlFile.read("usage-priced-rows");

    Exhaustion(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param byHour  what was spent in the budget's currency
     * @param windows of prices; none for as billed
     */
    WhatIf.OfBudget of(
            WhatIfs.BudgetAsked budget,
            SortedMap<Instant, BigDecimal> byHour,
            UsageFilter filter,
            Period period,
            List<PriceWindow> windows) {
        var spent = BigDecimal.ZERO;
        @Nullable Spending last = null;
        for (var hour : byHour.entrySet()) {
            if (last == null && spent.add(hour.getValue()).compareTo(budget.amount()) >= 0) {
                last = find(budget, spent, hour.getKey(), filter, period, windows);
            }
            spent = spent.add(hour.getValue());
        }
        return new WhatIf.OfBudget(
                budget.amount(),
                budget.currency(),
                spent,
                budget.amount().subtract(spent),
                last == null ? null : last.at(),
                last == null ? null : last.requestId(),
                last == null
                        ? null
                        : filter.requests(new Period(period.from(), last.at().plus(1, ChronoUnit.MICROS))));
    }

    private @Nullable Spending find(
            WhatIfs.BudgetAsked budget,
            BigDecimal before,
            Instant hour,
            UsageFilter filter,
            Period period,
            List<PriceWindow> windows) {
        var end = hour.plus(1, ChronoUnit.HOURS);
        var spendings = filter.bind(jdbc.sql(rows))
                .param("from", Timestamp.from(hour.isAfter(period.from()) ? hour : period.from()))
                .param("to", Timestamp.from(end.isBefore(period.to()) ? end : period.to()))
                .query((row, number) -> Spending.read(row, windows))
                .list();
        var spent = before;
        for (var each : spendings) {
            if (each.currency().equals(budget.currency())) {
                spent = spent.add(each.charge());
                if (spent.compareTo(budget.amount()) >= 0) {
                    return each;
                }
            }
        }
        return null;
    }

    private record Spending(String requestId, Instant at, String currency, BigDecimal charge) {
        static Spending read(ResultSet row, List<PriceWindow> windows) throws SQLException {
            var at = row.getTimestamp("at").toInstant();
            var id = StoredRequest.id(row);
            if (windows.isEmpty()) {
                return new Spending(id, at, row.getString("currency"), row.getBigDecimal("cost"));
            }
            var rates = windows.stream()
                    .filter(window -> window.covers(at))
                    .findFirst()
                    .orElseThrow()
                    .rates();
            boolean priced = row.getString("model") != null && !row.getBoolean("cache_hit");
            var tokens = new TokenCounts(
                    row.getLong("prompt_tokens"),
                    row.getLong("completion_tokens"),
                    row.getLong("cached_tokens"),
                    row.getLong("reasoning_tokens"));
            return new Spending(
                    id,
                    at,
                    rates.currency(),
                    priced ? Charges.of(tokens, rates, row.getBoolean("answered") ? 1 : 0) : BigDecimal.ZERO);
        }
    }
}
