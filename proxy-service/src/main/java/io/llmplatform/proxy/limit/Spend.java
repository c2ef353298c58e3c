package io.llmplatform.proxy.limit;

import io.llmplatform.contracts.policy.Budget;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/**
 * The state of one account. A value: one step replaces it whole, so that whoever reads sees a cost once, not twice or not
 * at all, on its way from held to due to spent.
 *
 * @param day     days since 1970 (UTC), the last one that something was spent on
 * @param onDay   spent on that day
 * @param inMonth spent in that day's month
 * @param total   spent ever
 * @param due     settled, the outcome not yet in the journal
 * @param held    reserved by requests under way
 */
record Spend(long day, BigDecimal onDay, BigDecimal inMonth, BigDecimal total, BigDecimal due, BigDecimal held) {
    static final Spend NONE = new Spend(
            Long.MIN_VALUE, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
    private static final long SECONDS_A_DAY = 86_400;

    /** A day this far beyond the end of a later outcome was one of a wrong clock. */
    private static final long CLOCK_FAULT_DAYS = 2;

    static long dayOf(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), SECONDS_A_DAY);
    }

    /**
     * A cost of a past period counts in the total only, and takes nothing from a newer one, however long ago the request
     * arrived: a session may stay open for days.
     *
     * @param at    when the request arrived: what it costs belongs to that day
     * @param ended when its outcome was written, by which the clock is judged
     */
    Spend plus(BigDecimal cost, Instant at, Instant ended) {
        long to = dayOf(at);
        var sum = total.add(cost);
        if (day == Long.MIN_VALUE || dayOf(ended) < day - CLOCK_FAULT_DAYS) {
            // That day has not come yet: it must not leave the budgets of today without a count.
            return new Spend(to, cost, cost, sum, due, held);
        }
        if (to < day) {
            return new Spend(day, onDay, sameMonth(to) ? inMonth.add(cost) : inMonth, sum, due, held);
        }
        return new Spend(
                to, to == day ? onDay.add(cost) : cost, sameMonth(to) ? inMonth.add(cost) : cost, sum, due, held);
    }

    Spend with(BigDecimal newDue, BigDecimal newHeld) {
        return new Spend(day, onDay, inMonth, total, newDue, newHeld);
    }

    /** Spent for certain in the period that {@code now} is in. Within a period it only grows. */
    BigDecimal certain(Budget.Period period, Instant now) {
        long today = dayOf(now);
        return due.add(
                switch (period) {
                    case DAY -> today == day ? onDay : BigDecimal.ZERO;
                    case MONTH -> day != Long.MIN_VALUE && sameMonth(today) ? inMonth : BigDecimal.ZERO;
                    case TOTAL -> total;
                });
    }

    boolean isPending() {
        return due.signum() != 0 || held.signum() != 0;
    }

    boolean isNothing() {
        return total.signum() == 0 && !isPending();
    }

    private boolean sameMonth(long other) {
        return day == other || monthOf(day) == monthOf(other);
    }

    private static long monthOf(long day) {
        var date = LocalDate.ofEpochDay(day);
        return date.getYear() * 12L + date.getMonthValue();
    }
}
