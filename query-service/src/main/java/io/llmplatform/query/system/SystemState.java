package io.llmplatform.query.system;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import io.llmplatform.contracts.status.GatewayStatus;
import io.llmplatform.query.system.SystemHealth.Component;
import io.llmplatform.query.system.SystemHealth.Status;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks at PostgreSQL, the search engine and how far the projections are. */
@org.springframework.stereotype.Component
class SystemState {
    /** Projections report every 5 s. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final long LATE = 1_000;

    /** A gateway tells every second; one that has said nothing for a minute is told no more. */
    private static final Duration GATEWAY_SILENCE = Duration.ofSeconds(5);

    private static final Duration GATEWAY_GONE = Duration.ofMinutes(1);
    private static final long DEEP = 100_000;

    /** The pools wait longer for what is away than somebody who wants to know whether it is. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final String NOT_REACHABLE = "not reachable";

    private final JdbcClient jdbc;
    private final ElasticsearchClient search;
    private final GatewayStates gateways;
    private final Clock clock;

    SystemState(JdbcClient jdbc, ElasticsearchClient search, GatewayStates gateways, Clock clock) {
        this.gateways = gateways;
        this.jdbc = jdbc;
        this.search = search;
        this.clock = clock;
    }

    /** Takes no longer than {@link #PATIENCE}, whatever is away. */
    SystemHealth look() {
        var database = within(this::database, List.of(new Component("postgres", Status.DOWN, NOT_REACHABLE)));
        var engine = within(this::search, new Component("search", Status.DOWN, NOT_REACHABLE));
        var components = new ArrayList<>(database.join());
        components.add(engine.join());
        var told = gateways.all();
        components.add(
                new Component("kafka", told == null ? Status.DOWN : Status.UP, told == null ? NOT_REACHABLE : null));
        if (told != null) {
            told.stream().flatMap(status -> gateway(status).stream()).forEach(components::add);
        }
        return SystemHealth.of(components);
    }

    private <T> CompletableFuture<T> within(Supplier<T> look, T tooLate) {
        return CompletableFuture.supplyAsync(look, task -> Thread.ofVirtual().start(task))
                .completeOnTimeout(tooLate, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private List<Component> database() {
        try {
            var components = new ArrayList<Component>();
            components.add(new Component("postgres", Status.UP, null));
            components.addAll(jdbc.sql("select * from readmodel.projection_progress order by name")
                    .query((row, number) -> projection(row))
                    .list());
            components.add(parked());
            return components;
        } catch (DataAccessException e) {
            return List.of(new Component("postgres", Status.DOWN, NOT_REACHABLE));
        }
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

    private Optional<Component> gateway(GatewayStatus gateway) {
        var age = Duration.between(gateway.at(), clock.instant());
        if (age.compareTo(GATEWAY_GONE) > 0) {
            return Optional.empty();
        }
        var detail = new StringBuilder(gateway.status())
                .append(", ")
                .append(gateway.inFlight())
                .append(" requests under way, ")
                .append(gateway.journalDepth())
                .append(" usage records waiting");
        if (gateway.stalenessSeconds() != null) {
            detail.append(", configuration confirmed ")
                    .append(Math.round(gateway.stalenessSeconds()))
                    .append(" s ago");
        }
        var status = gateway.status().equals("ok") && gateway.journalDepth() < DEEP ? Status.UP : Status.DEGRADED;
        if (age.compareTo(GATEWAY_SILENCE) > 0) {
            status = Status.DOWN;
            detail.append(", silent for ").append(age.toSeconds()).append(" s");
        }
        return Optional.of(new Component("gateway:" + gateway.gateway(), status, detail.toString()));
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
            return new Component("search", Status.DOWN, NOT_REACHABLE);
        }
    }
}
