package io.llmplatform.projections.runtime;

import io.llmplatform.contracts.event.DomainEvent;
import io.llmplatform.contracts.event.EventCatalog;
import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.json.ContractJson;
import java.sql.Timestamp;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The current state of one type of aggregate, a row each. Rows carry the sequence of the last event applied and
 * statements demand a higher one, so events that come again change nothing.
 */
public abstract class EntityProjection<T extends DomainEvent> implements DomainProjection {
    private final ProjectionId id;
    private final String aggregateType;
    private final Class<T> eventType;
    private final List<BuildTable> tables;
    protected final JdbcClient jdbc;

    /** @param tables all that it keeps */
    protected EntityProjection(
            ProjectionId id, String aggregateType, Class<T> eventType, JdbcClient jdbc, String... tables) {
        this.id = id;
        this.tables = Stream.of(tables).map(BuildTable::of).toList();
        this.aggregateType = aggregateType;
        this.eventType = eventType;
        this.jdbc = jdbc;
    }

    @Override
    public final ProjectionId id() {
        return id;
    }

    @Override
    public final List<BuildTable> tables() {
        return tables;
    }

    @Override
    public final void apply(Target target, List<EventEnvelope> batch) {
        for (var envelope : batch) {
            if (envelope.aggregateType().equals(aggregateType)) {
                apply(envelope, eventType.cast(EventCatalog.read(envelope)));
            }
        }
    }

    /** A nested value for a {@code jsonb} column; null when there is none. */
    protected static @Nullable String json(@Nullable Object value) {
        return value == null ? null : ContractJson.mapper().writeValueAsString(value);
    }

    protected abstract void apply(EventEnvelope envelope, T event);

    /** The statement with what every row has: {@code :id}, {@code :version} (the event's sequence) and {@code :at}. */
    protected final JdbcClient.StatementSpec sql(String sql, EventEnvelope envelope) {
        return jdbc.sql(sql)
                .param("id", envelope.aggregateId())
                .param("version", envelope.sequence())
                .param("at", Timestamp.from(envelope.at()));
    }
}
