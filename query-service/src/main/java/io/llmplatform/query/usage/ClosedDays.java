package io.llmplatform.query.usage;

import io.llmplatform.query.sql.SqlFile;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows which days are added up. */
@Component
class ClosedDays {
    private final JdbcClient jdbc;
    private final String run = SqlFile.read("usage-closed-days");

    ClosedDays(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The longest run of them in a span of whole hours; null when there is none. */
    @Nullable
    Period longestRun(Instant from, Instant to) {
        return jdbc
                .sql(run)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .query((row, number) -> new Period(
                        start(row.getObject("first", LocalDate.class)), start(row.getObject("after", LocalDate.class))))
                .list()
                .stream()
                .findFirst()
                .orElse(null);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
