package io.llmplatform.query.usage.budget;

import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.query.usage.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The span that a budget counts at a moment, as the gateway does: days and months of UTC.
 *
 * @param spent what counts so far
 * @param end   absent for a total
 * @param pace  what the forecast goes by
 * @param step  of the points
 */
record BudgetWindow(Period spent, @Nullable Instant end, Period pace, ChronoUnit step) {
    static BudgetWindow at(Budget.Period period, Instant now) {
        var local = now.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
        return switch (period) {
            case DAY -> of(local.toInstant(), local.plusDays(1).toInstant(), now, 1, ChronoUnit.HOURS);
            case MONTH -> {
                var first = local.withDayOfMonth(1);
                yield of(first.toInstant(), first.plusMonths(1).toInstant(), now, 7, ChronoUnit.DAYS);
            }
            case TOTAL -> of(Instant.EPOCH, null, now, 30, ChronoUnit.DAYS);
        };
    }

    /** What is asked about the very beginning of a period has a moment to be asked about. */
    private static BudgetWindow of(Instant from, @Nullable Instant end, Instant now, int paceDays, ChronoUnit step) {
        var until = now.isAfter(from) ? now : from.plus(1, ChronoUnit.MICROS);
        return new BudgetWindow(
                new Period(from, until), end, new Period(until.minus(Duration.ofDays(paceDays)), until), step);
    }
}
