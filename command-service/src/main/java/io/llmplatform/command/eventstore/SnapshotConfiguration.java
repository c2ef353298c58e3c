package io.llmplatform.command.eventstore;

import io.llmplatform.command.personal.PersonKeyStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.statements.TimestampWriter;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.eventsourcing.SpringAggregateSnapshotter;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Snapshots, so that an aggregate of thousands of events is changed as fast as one of a few. They save time and nothing
 * else: each may be missing, late, or thrown away. An aggregate asks for them ({@link Snapshots}).
 */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
class SnapshotConfiguration {
    private static final int EVENTS = 100;

    @Bean
    SnapshotSerializer snapshotSerializer(EventSerializer events, PersonKeyStore keys, ListableBeanFactory beans) {
        return new SnapshotSerializer(events, keys, () -> SnapshotTypes.in(beans));
    }

    /** One at a time, beside the commands: none waits for its snapshot, nor fails with it. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService snapshotWriter() {
        return Executors.newSingleThreadExecutor(
                Thread.ofVirtual().name("snapshot-", 0).factory());
    }

    @Bean
    Snapshotter snapshotter(
            ExecutorService snapshotWriter,
            LocalEventStore events,
            TransactionManager transactions,
            Configuration axon,
            HandlerDefinition handlers,
            ParameterResolverFactory parameters) {
        return SpringAggregateSnapshotter.builder()
                .executor(snapshotWriter)
                .eventStore(events)
                .transactionManager(transactions)
                .repositoryProvider(axon::repository)
                .handlerDefinition(handlers)
                .parameterResolverFactory(parameters)
                .build();
    }

    /** After every so many events. */
    @Bean(Snapshots.AFTER_MANY_EVENTS)
    SnapshotTriggerDefinition snapshots(Snapshotter snapshotter, Environment environment) {
        return new EventCountSnapshotTriggerDefinition(
                snapshotter, environment.getProperty("SNAPSHOT_EVENTS", Integer.class, EVENTS));
    }

    /** Axon's own statement fails, and with it the transaction, where there is a snapshot of that version. */
    static PreparedStatement append(
            Connection connection,
            EventSchema schema,
            Class<?> representation,
            DomainEventMessage<?> snapshot,
            Serializer serializer,
            TimestampWriter timestamps)
            throws SQLException {
        var payload = snapshot.serializePayload(serializer, representation);
        var statement = connection.prepareStatement("insert into " + schema.snapshotTable() + " ("
                + schema.domainEventFields() + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " on conflict (aggregate_id, sequence) do update set"
                + " type = excluded.type, revision = excluded.revision, payload = excluded.payload");
        statement.setString(1, snapshot.getIdentifier());
        statement.setString(2, snapshot.getAggregateIdentifier());
        statement.setLong(3, snapshot.getSequenceNumber());
        statement.setString(4, snapshot.getType());
        timestamps.writeTimestamp(statement, 5, snapshot.getTimestamp());
        statement.setString(6, payload.getType().getName());
        statement.setString(7, payload.getType().getRevision());
        statement.setObject(8, payload.getData());
        statement.setObject(
                9, snapshot.serializeMetaData(serializer, representation).getData());
        return statement;
    }
}
