package io.llmplatform.query.usage;

import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A period cut where its sums come from: single requests up to {@code firstHour} and from {@code lastHour} on, hours up to {@code
 * firstDay} and from {@code lastDay} on, added-up days up to {@code firstMonth} and from {@code lastMonth} on, added-up months in
 * between. Where minutes matter, single requests up to {@code firstDay} and from {@code lastDay} on, added-up minutes in between.
 */
record Span(
        Period period,
        Instant firstHour,
        Instant firstDay,
        Instant firstMonth,
        Instant lastMonth,
        Instant lastDay,
        Instant lastHour) {

    /** @param days null when days cannot be used */
    static Span of(Period period, Grain grain, @Nullable ClosedDays days) {
        if (grain == Grain.REQUEST || !period.firstHour().isBefore(period.lastHour())) {
            var end = period.to();
            return new Span(period, end, end, end, end, end, end);
        }
        if (grain == Grain.MINUTE) {
            var minutes = days == null ? null : days.longestRunOfMinutes(period.firstHour(), period.lastHour());
            var to = minutes == null ? period.to() : minutes.to();
            var from = minutes == null ? to : minutes.from();
            return new Span(period, from, from, to, to, to, to);
        }
        var end = new Period(period.lastHour(), period.lastHour());
        var run = days == null ? null : days.longestRun(period.firstHour(), period.lastHour());
        var months = days == null || run == null || grain != Grain.PERIOD ? null : days.longestRunOfMonths(run);
        var ofDays = run == null ? end : run;
        var ofMonths = months == null ? new Period(ofDays.to(), ofDays.to()) : months;
        return new Span(
                period,
                period.firstHour(),
                ofDays.from(),
                ofMonths.from(),
                ofMonths.to(),
                ofDays.to(),
                period.lastHour());
    }

    JdbcClient.StatementSpec bind(JdbcClient.StatementSpec sql) {
        return sql.param("from", Timestamp.from(period.from()))
                .param("to", Timestamp.from(period.to()))
                .param("first_hour", Timestamp.from(firstHour))
                .param("first_day", Timestamp.from(firstDay))
                .param("first_month", Timestamp.from(firstMonth))
                .param("last_month", Timestamp.from(lastMonth))
                .param("last_day", Timestamp.from(lastDay))
                .param("last_hour", Timestamp.from(lastHour));
    }
}
