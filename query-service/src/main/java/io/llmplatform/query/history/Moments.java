package io.llmplatform.query.history;

import io.llmplatform.query.sql.SqlFile;
import io.llmplatform.query.web.Instants;
import io.llmplatform.query.web.RefusedException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the place in the log that belongs to a time. */
@Component
class Moments {
    private final JdbcClient jdbc;
    private final Clock clock;
    private final String atTime = SqlFile.read("entity-moment");
    private final String atPosition = SqlFile.read("entity-moment-of");

    Moments(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param at       as given; without it and the position, now
     * @param position of an event, as answered by others
     */
    Moment of(@Nullable String at, @Nullable Long position) {
        if (position == null) {
            return at(at == null ? clock.instant() : Instants.parse(at));
        }
        if (at != null) {
            throw RefusedException.parameter("position", "goes without at");
        }
        return jdbc.sql(atPosition)
                .param("position", position)
                .query((row, number) -> new Moment(row.getTimestamp("at").toInstant(), position))
                .optional()
                .orElseGet(() -> new Moment(Instant.EPOCH, 0));
    }

    Moment at(Instant instant) {
        var position = jdbc.sql(atTime)
                .param("at", instant.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .optional()
                .orElse(0L);
        return new Moment(instant, position);
    }
}
