package io.llmplatform.query.consistency;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Watches {@code readmodel.projection_progress}. */
@Component
class ProjectionWait {
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final JdbcClient jdbc;
    private final Clock clock;

    ProjectionWait(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether all of the projections got to the position in time. */
    boolean until(List<String> projections, long position) throws InterruptedException {
        var end = clock.instant().plus(LONGEST);
        while (!reached(projections, position)) {
            if (clock.instant().isAfter(end)) {
                return false;
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        return true;
    }

    private boolean reached(List<String> projections, long position) {
        return jdbc.sql("select count(*) from readmodel.projection_progress where name in (:names) and position >= :at")
                        .param("names", projections)
                        .param("at", position)
                        .query(Long.class)
                        .single()
                == projections.size();
    }
}
