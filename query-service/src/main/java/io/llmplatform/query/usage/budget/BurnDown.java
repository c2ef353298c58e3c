package io.llmplatform.query.usage.budget;

import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.query.usage.Period;
import io.llmplatform.query.usage.UsageFilter;
import io.llmplatform.query.usage.budget.BudgetState.Point;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Works out the state of one budget from what was spent. */
final class BurnDown {
    private static final int DIGITS = 10;
    private static final int DAYS_OF_A_TOTAL = 30;
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

    /** Further off is as good as never. */
    private static final long LONGEST_SECONDS = Duration.ofDays(3650).toSeconds();

    private BurnDown() {}

    /**
     * @param spent  in the budget's currency, by the beginning of the step
     * @param lately in the span that the pace is taken from
     * @param hourly the same as {@code spent}, by hours
     */
    static BudgetState of(
            Budgets.Owned owned,
            BudgetWindow window,
            NavigableMap<Instant, BigDecimal> spent,
            BigDecimal lately,
            Supplier<NavigableMap<Instant, BigDecimal>> hourly) {
        var budget = owned.budget();
        var now = window.spent().to();
        var total = spent.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        var remaining = budget.amount().subtract(total);
        boolean exhausted = remaining.signum() <= 0;
        var perSecond =
                lately.divide(BigDecimal.valueOf(window.pace().length().toSeconds()), 2 * DIGITS, RoundingMode.HALF_UP);
        var end = window.end();
        var from = budget.period() == Budget.Period.TOTAL
                ? (spent.isEmpty() ? null : spent.firstKey())
                : window.spent().from();
        return new BudgetState(
                owned.dimension(),
                owned.id(),
                owned.name(),
                budget.period(),
                budget.amount(),
                budget.currency(),
                from,
                end,
                total,
                remaining,
                total.divide(budget.amount(), 6, RoundingMode.HALF_UP),
                exhausted,
                perSecond.multiply(SECONDS_PER_HOUR).setScale(DIGITS, RoundingMode.HALF_UP),
                end == null
                        ? null
                        : total.add(perSecond.multiply(BigDecimal.valueOf(
                                        Duration.between(now, end).toSeconds())))
                                .setScale(DIGITS, RoundingMode.HALF_UP),
                exhausted ? crossed(hourly.get(), budget.amount()) : comes(remaining, perSecond, now, end),
                points(window, spent),
                new UsageFilter(Map.of(owned.dimension(), owned.id()))
                        .requests(from == null ? window.spent() : new Period(from, now)));
    }

    /** The end of the hour in which the amount was reached. */
    private static @Nullable Instant crossed(NavigableMap<Instant, BigDecimal> hourly, BigDecimal amount) {
        var sum = BigDecimal.ZERO;
        for (var hour : hourly.entrySet()) {
            sum = sum.add(hour.getValue());
            if (sum.compareTo(amount) >= 0) {
                return hour.getKey().plus(1, ChronoUnit.HOURS);
            }
        }
        return null;
    }

    private static @Nullable Instant comes(
            BigDecimal remaining, BigDecimal perSecond, Instant now, @Nullable Instant end) {
        if (perSecond.signum() <= 0) {
            return null;
        }
        var seconds = remaining.divide(perSecond, 0, RoundingMode.CEILING);
        if (seconds.compareTo(BigDecimal.valueOf(LONGEST_SECONDS)) > 0) {
            return null;
        }
        var at = now.plusSeconds(seconds.longValueExact());
        return end == null || at.isBefore(end) ? at : null;
    }

    private static List<Point> points(BudgetWindow window, NavigableMap<Instant, BigDecimal> spent) {
        var now = window.spent().to();
        var first = window.end() == null
                ? now.truncatedTo(window.step()).minus(DAYS_OF_A_TOTAL, window.step())
                : window.spent().from();
        var sum = spent.headMap(first).values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        var points = new ArrayList<Point>();
        for (var at = first; at.isBefore(now); at = at.plus(1, window.step())) {
            sum = sum.add(spent.getOrDefault(at, BigDecimal.ZERO));
            var end = at.plus(1, window.step());
            points.add(new Point(end.isAfter(now) ? now : end, sum));
        }
        return points;
    }
}
