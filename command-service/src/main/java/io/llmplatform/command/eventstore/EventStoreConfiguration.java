package io.llmplatform.command.eventstore;

import io.llmplatform.command.personal.PersonKeyStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.MessageOriginProvider;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Axon on PostgreSQL. Every bean is declared here because the auto-configuration for JDBC alone ends without an engine
 * and without transactions under Spring Boot 4. Tables: {@code db/migration/V1__event_store.sql}.
 */
@Configuration(proxyBeanMethods = false)
class EventStoreConfiguration {
    @Bean
    @Primary
    EventSerializer serializer(PersonKeyStore keys) {
        return EventSerializer.create(keys);
    }

    @Bean
    @Qualifier("messageSerializer")
    Serializer messageSerializer(EventSerializer serializer) {
        return serializer;
    }

    @Bean
    @Qualifier("eventSerializer")
    Serializer eventSerializer(EventSerializer serializer) {
        return serializer;
    }

    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    @Bean
    ConnectionProvider connectionProvider(DataSource dataSource) {
        return new UnitOfWorkAwareConnectionProviderWrapper(
                new JoinedConnections(new SpringDataSourceConnectionProvider(dataSource)));
    }

    @Bean
    EventStorageEngine eventStorageEngine(
            EventSerializer serializer,
            SnapshotSerializer snapshotSerializer,
            ConnectionProvider connections,
            TransactionManager transactions,
            JdbcTemplate jdbc) {
        var builder = JdbcEventStorageEngine.builder()
                .eventSerializer(serializer)
                .snapshotSerializer(snapshotSerializer)
                .snapshotFilter(snapshotSerializer::isCurrent)
                .upcasterChain(new HistoryUpcaster())
                .appendSnapshot(SnapshotConfiguration::append)
                .persistenceExceptionResolver(new UniqueViolation())
                .connectionProvider(connections)
                .transactionManager(transactions)
                .schema(eventSchema());
        return new CommitOrderedEventStorageEngine(builder, transactions, jdbc);
    }

    /** Events stored here wake local readers at once; those of other instances are asked for twice a second. */
    @Bean
    LocalEventStore eventStore(EventStorageEngine engine, org.axonframework.config.Configuration axon) {
        return new LocalEventStore(EmbeddedEventStore.builder()
                .storageEngine(engine)
                .messageMonitor(
                        axon.messageMonitor(org.axonframework.eventsourcing.eventstore.EventStore.class, "eventStore"))
                .fetchDelay(500)
                .timeUnit(TimeUnit.MILLISECONDS));
    }

    @Bean
    TokenStore tokenStore(ConnectionProvider connections, EventSerializer serializer, Environment environment) {
        return JdbcTokenStore.builder()
                .connectionProvider(connections)
                .serializer(serializer)
                .nodeId(nodeId(environment.getProperty("server.port", Integer.class, 0)))
                // Longer than a batch waits for Kafka, so that only an instance that is gone loses its claim.
                .claimTimeout(Duration.ofSeconds(15))
                .schema(TokenSchema.builder()
                        .setTokenTable("events.token")
                        .setProcessorNameColumn("processor")
                        .setSegmentColumn("segment")
                        .setTokenColumn("token")
                        .setTokenTypeColumn("token_type")
                        .setTimestampColumn("at")
                        .setOwnerColumn("owner")
                        .build())
                .build();
    }

    /**
     * Host and port: a process that comes back after a crash takes up its claim at once, for no other can have the same. On
     * a port of chance, as in tests, nobody comes back.
     */
    private static String nodeId(int port) {
        if (port == 0) {
            return UUID.randomUUID().toString();
        }
        try {
            return InetAddress.getLocalHost().getHostName() + ":" + port;
        } catch (UnknownHostException e) {
            return "localhost:" + port;
        }
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService commandRetries() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("command-retry-", 0).factory());
    }

    @Bean
    CommandGateway commandGateway(CommandBus bus, ScheduledExecutorService commandRetries, SecureRandom random) {
        return DefaultCommandGateway.builder()
                .commandBus(bus)
                .retryScheduler(new ConflictRetryScheduler(commandRetries, random))
                .build();
    }

    /** Declared beside {@code caller}'s own provider: declaring one removes Axon's default. */
    @Bean
    CorrelationDataProvider messageOrigin() {
        return new MessageOriginProvider();
    }

    private static EventSchema eventSchema() {
        return EventSchema.builder()
                .eventTable("events.domain_event")
                .snapshotTable("events.snapshot")
                .globalIndexColumn("position")
                .eventIdentifierColumn("id")
                .typeColumn("aggregate_type")
                .aggregateIdentifierColumn("aggregate_id")
                .sequenceNumberColumn("sequence")
                .timestampColumn("at")
                .payloadTypeColumn("type")
                .payloadRevisionColumn("revision")
                .payloadColumn("payload")
                .metaDataColumn("metadata")
                .build();
    }
}
