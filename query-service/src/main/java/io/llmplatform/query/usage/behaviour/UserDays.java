package io.llmplatform.query.usage.behaviour;

import io.llmplatform.query.usage.Period;
import io.llmplatform.query.usage.behaviour.UsageActivity.Active;
import io.llmplatform.query.usage.behaviour.UsageActivity.Cohort;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * On which days people used something.
 *
 * @param days  by person, a bit a day since 1970: the first one ever, and all from the week on in which the period begins
 * @param first the first day of the period
 * @param last  the last day of the period
 */
record UserDays(Map<String, BitSet> days, LocalDate first, LocalDate last) {

    static UserDays of(Map<String, BitSet> days, Period period) {
        return new UserDays(
                days,
                LocalDate.ofInstant(period.from(), ZoneOffset.UTC),
                LocalDate.ofInstant(period.to().minusNanos(1), ZoneOffset.UTC));
    }

    static LocalDate week(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    static LocalDate month(LocalDate day) {
        return day.withDayOfMonth(1);
    }

    LocalDate firstOf(String person) {
        return firstOf(Objects.requireNonNull(days.get(person)));
    }

    LocalDate lastOf(String person) {
        return LocalDate.ofEpochDay(Objects.requireNonNull(days.get(person)).length() - 1L);
    }

    private static LocalDate firstOf(BitSet all) {
        return LocalDate.ofEpochDay(all.nextSetBit(0));
    }

    int active() {
        return (int) days.values().stream()
                .filter(all -> isActive(all, first, last.plusDays(1)))
                .count();
    }

    int fresh() {
        return (int) days.values().stream()
                .filter(all -> !firstOf(all).isBefore(first))
                .count();
    }

    /** @param step the beginning of the day, week or month of a day */
    List<Active> by(UnaryOperator<LocalDate> step, ChronoUnit unit) {
        var steps = new ArrayList<Active>();
        for (var from = step.apply(first); !from.isAfter(last); from = from.plus(1, unit)) {
            // What of the first step is outside of the period does not count.
            var begin = from.isBefore(first) ? first : from;
            var end = from.plus(1, unit);
            int active = 0;
            int fresh = 0;
            for (var all : days.values()) {
                active += isActive(all, begin, end) ? 1 : 0;
                var own = firstOf(all);
                fresh += !own.isBefore(begin) && own.isBefore(end) ? 1 : 0;
            }
            steps.add(new Active(from, active, fresh));
        }
        return steps;
    }

    /** Those whose first week is one of the period. */
    List<Cohort> cohorts() {
        var cohorts = new ArrayList<Cohort>();
        for (var week = week(first); !week.isAfter(last); week = week.plusWeeks(1)) {
            cohorts.add(cohort(week));
        }
        return cohorts;
    }

    private Cohort cohort(LocalDate week) {
        var people = days.values().stream()
                .filter(all -> week(firstOf(all)).equals(week))
                .toList();
        var active = new ArrayList<Integer>();
        for (var from = week; !from.isAfter(last); from = from.plusWeeks(1)) {
            var begin = from;
            active.add((int) people.stream()
                    .filter(all -> isActive(all, begin, begin.plusWeeks(1)))
                    .count());
        }
        return new Cohort(week, people.size(), active);
    }

    /** Whether any of the days from one to before the other is among them. */
    private static boolean isActive(BitSet all, LocalDate from, LocalDate to) {
        int next = all.nextSetBit((int) from.toEpochDay());
        return next >= 0 && next < to.toEpochDay();
    }
}
