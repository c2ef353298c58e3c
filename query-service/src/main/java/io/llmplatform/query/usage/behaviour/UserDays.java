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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * On which days people used something.
 *
 * @param days   by person: the first one ever, and all from the week on in which the period begins
 * @param first  the first day of the period
 * @param last   the last day of the period
 */
record UserDays(Map<String, NavigableSet<LocalDate>> days, LocalDate first, LocalDate last) {

    static UserDays of(Map<String, NavigableSet<LocalDate>> days, Period period) {
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

    int active() {
        return (int) days.values().stream()
                .filter(each -> !each.tailSet(first).isEmpty())
                .count();
    }

    int fresh() {
        return (int) days.values().stream()
                .filter(each -> !each.first().isBefore(first))
                .count();
    }

    /** @param step the beginning of the day, week or month of a day */
    List<Active> by(UnaryOperator<LocalDate> step, ChronoUnit unit) {
        var active = new TreeMap<LocalDate, Set<String>>();
        var fresh = new TreeMap<LocalDate, Integer>();
        days.forEach((user, all) -> {
            for (var day : all.tailSet(first)) {
                active.computeIfAbsent(step.apply(day), absent -> new HashSet<>())
                        .add(user);
            }
            if (!all.first().isBefore(first)) {
                fresh.merge(step.apply(all.first()), 1, Integer::sum);
            }
        });
        var steps = new ArrayList<Active>();
        for (var from = step.apply(first); !from.isAfter(last); from = from.plus(1, unit)) {
            steps.add(new Active(from, active.getOrDefault(from, Set.of()).size(), fresh.getOrDefault(from, 0)));
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
                .filter(all -> week(all.first()).equals(week))
                .toList();
        var active = new ArrayList<Integer>();
        for (var from = week; !from.isAfter(last); from = from.plusWeeks(1)) {
            var begin = from;
            active.add((int) people.stream()
                    .filter(all -> !all.subSet(begin, begin.plusWeeks(1)).isEmpty())
                    .count());
        }
        return new Cohort(week, people.size(), active);
    }
}
