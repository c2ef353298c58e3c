package io.llmplatform.query.usage;

import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A period cut where its sums come from: single requests up to {@code firstHour} and from {@code lastHour} on, hours up to {@code
 * firstDay} and from {@code lastDay} on, added-up days in between.
 */
record Span(Period period, Instant firstHour, Instant firstDay, Instant lastDay, Instant lastHour) {

    /** @param days null when days cannot be used */
    static Span of(Period period, Grain grain, @Nullable ClosedDays days) {
        if (grain == Grain.REQUEST || !period.firstHour().isBefore(period.lastHour())) {
            return new Span(period, period.to(), period.to(), period.to(), period.to());
        }
        var run = days == null ? null : days.longestRun(period.firstHour(), period.lastHour());
        return new Span(
                period,
                period.firstHour(),
                run == null ? period.lastHour() : run.from(),
                run == null ? period.lastHour() : run.to(),
                period.lastHour());
    }

    JdbcClient.StatementSpec bind(JdbcClient.StatementSpec sql) {
        return sql.param("from", Timestamp.from(period.from()))
                .param("to", Timestamp.from(period.to()))
                .param("first_hour", Timestamp.from(firstHour))
                .param("first_day", Timestamp.from(firstDay))
                .param("last_day", Timestamp.from(lastDay))
                .param("last_hour", Timestamp.from(lastHour));
    }
}
