package io.llmplatform.command.eventstore;

import java.util.List;
import java.util.Optional;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.Message;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Makes the order of positions the order of commits: whoever appends holds one lock until its transaction ends, so no
 * position is handed out while an earlier one is still uncommitted, and a reader that has seen a position has seen all
 * below it. Appends are serialised by this; administration is rare enough, and usage never enters Axon.
 */
final class CommitOrderedEventStorageEngine extends JdbcEventStorageEngine {
    /** Any number, the same for ever in every instance. */
    private static final long APPEND_LOCK = 0x6c6c6d2d65766e74L;

    private static final Logger log = LoggerFactory.getLogger(CommitOrderedEventStorageEngine.class);

    private final TransactionManager transactions;
    private final JdbcTemplate jdbc;

    CommitOrderedEventStorageEngine(Builder builder, TransactionManager transactions, JdbcTemplate jdbc) {
        super(builder);
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) {
            return;
        }
        transactions.executeInTransaction(() -> {
            jdbc.query("select pg_advisory_xact_lock(?)", row -> {}, APPEND_LOCK);
            super.appendEvents(events, serializer);
            StoredEvents.note(events);
        });
    }

    /**
     * One that cannot be read is none. It is read as a whole here and now: later it would end the command that needs the
     * aggregate.
     */
    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        try {
            var snapshot = super.readSnapshot(aggregateIdentifier);
            snapshot.ifPresent(Message::getPayload);
            return snapshot;
        } catch (SerializationException e) {
            log.debug("{} is made of its events: {}", aggregateIdentifier, e.getMessage());
            return Optional.empty();
        }
    }
}
