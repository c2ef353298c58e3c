package io.llmplatform.query.system;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import io.llmplatform.query.system.SystemHealth.Component;
import io.llmplatform.query.system.SystemHealth.Status;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks at PostgreSQL, the search engine and how far the projections are. */
@org.springframework.stereotype.Component
class SystemState {
    /** Projections report every 5 s. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final long LATE = 1_000;

    private final JdbcClient jdbc;
    private final ElasticsearchClient search;
    private final Clock clock;

    SystemState(JdbcClient jdbc, ElasticsearchClient search, Clock clock) {
        this.jdbc = jdbc;
        this.search = search;
        this.clock = clock;
    }

    SystemHealth look() {
        var components = new ArrayList<Component>();
        try {
            var projections = jdbc.sql("select * from readmodel.projection_progress order by name")
                    .query((row, number) -> projection(row))
                    .list();
            components.add(new Component("postgres", Status.UP, null));
            components.addAll(projections);
            components.add(parked());
        } catch (DataAccessException e) {
            components.add(new Component("postgres", Status.DOWN, "not reachable"));
        }
        components.add(search());
        return SystemHealth.of(components);
    }

    private Component projection(ResultSet row) throws SQLException {
        var state = row.getString("state");
        long lag = row.getLong("lag");
        var age = Duration.between(row.getTimestamp("seen_at").toInstant(), clock.instant());
        var detail = new StringBuilder("position ")
                .append(row.getLong("position"))
                .append(", lag ")
                .append(lag);
        if (row.getString("detail") != null) {
            detail.append(": ").append(row.getString("detail"));
        }
        var status = state.equals("running") && lag < LATE ? Status.UP : Status.DEGRADED;
        if (age.compareTo(SILENCE) > 0) {
            status = Status.DOWN;
            detail.append(", silent for ").append(age.toSeconds()).append(" s");
        }
        return new Component("projection:" + row.getString("name"), status, detail.toString());
    }

    private Component parked() {
        var parked = jdbc.sql("select projection, count(*) as n from readmodel.parked_event group by 1 order by 1")
                .query((row, number) -> row.getString("projection") + ": " + row.getLong("n"))
                .list();
        return new Component(
                "parked_events",
                parked.isEmpty() ? Status.UP : Status.DEGRADED,
                parked.isEmpty() ? null : String.join(", ", parked));
    }

    private Component search() {
        try {
            boolean answers = search.ping().value();
            return new Component("search", answers ? Status.UP : Status.DOWN, null);
        } catch (IOException | ElasticsearchException e) {
            return new Component("search", Status.DOWN, "not reachable");
        }
    }
}
