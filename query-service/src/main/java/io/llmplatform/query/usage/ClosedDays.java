package io.llmplatform.query.usage;

import io.llmplatform.query.sql.SqlFile;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows which days, months and minutes are added up. */
@Component
public class ClosedDays {
    private final JdbcClient jdbc;
    private final String days = SqlFile.read("usage-closed-days");
    private final String months = SqlFile.read("usage-closed-months");
    private final String minutes = SqlFile.read("usage-closed-minutes");

    ClosedDays(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The longest run of days in a span of whole hours; null when there is none. */
    public @Nullable Period longestRun(Instant from, Instant to) {
        return run(days, from, to);
    }

    /** The longest run of months in a run of days; null when there is none. */
    @Nullable
    Period longestRunOfMonths(Period run) {
        return run(months, run.from(), run.to());
    }

    /** The longest run of hours whose minutes are added up; null when there is none. */
    @Nullable
    Period longestRunOfMinutes(Instant from, Instant to) {
        return run(minutes, from, to);
    }

    private @Nullable Period run(String sql, Instant from, Instant to) {
        return jdbc
                .sql(sql)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .query((row, number) -> new Period(
                        row.getTimestamp("first").toInstant(),
                        row.getTimestamp("after").toInstant()))
                .list()
                .stream()
                .findFirst()
                .orElse(null);
    }
}
