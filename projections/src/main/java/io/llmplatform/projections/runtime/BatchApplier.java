package io.llmplatform.projections.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies a batch and moves the offset in one transaction. A batch with something wrong in it is done again one by one,
 * each record behind a savepoint, so that only what is really wrong parks.
 */
@Component
class BatchApplier {
    private static final Logger LOG = LoggerFactory.getLogger(BatchApplier.class);

    private final OffsetStore offsets;
    private final ProgressStore progress;
    private final ParkingLot parking;
    private final TransactionTemplate transaction;
    private final TransactionTemplate savepoint;
    private final MeterRegistry meters;

    BatchApplier(
            OffsetStore offsets,
            ProgressStore progress,
            ParkingLot parking,
            PlatformTransactionManager transactions,
            MeterRegistry meters) {
        this.offsets = offsets;
        this.progress = progress;
        this.parking = parking;
        this.meters = meters;
        this.transaction = new TransactionTemplate(transactions);
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /**
     * @param expected the offset that the batch was read from
     * @return the offset to read next
     * @throws FencedException when another instance was faster; nothing was changed
     */
    <E> long apply(Projection<E> projection, long expected, List<Message> batch) {
        long next = batch.getLast().offset() + 1;
        try {
            applyWhole(projection, expected, next, batch);
        } catch (RuntimeException e) {
            if (!Failures.blamesRecord(e)) {
                throw e;
            }
            transaction.executeWithoutResult(status -> applyOneByOne(projection, expected, next, batch));
        }
        meters.counter("projection.records", "projection", projection.id().name())
                .increment(batch.size());
        return next;
    }

    private <E> void applyWhole(Projection<E> projection, long expected, long next, List<Message> batch) {
        List<E> records = batch.stream()
                .map(message -> decode(projection, message))
                .collect(Collectors.toCollection(ArrayList::new));
        transaction.executeWithoutResult(status -> {
            offsets.claim(projection.id(), batch.getFirst().partition(), expected, next);
            var keys = batch.stream().map(Message::key).collect(Collectors.toSet());
            if (!parking.parkedKeys(projection.id(), keys).isEmpty()) {
                throw new ParkedKeyInBatch();
            }
            projection.apply(records);
            advance(projection, records);
        });
    }

    private <E> void applyOneByOne(Projection<E> projection, long expected, long next, List<Message> batch) {
        offsets.claim(projection.id(), batch.getFirst().partition(), expected, next);
        var parkedKeys = parking.parkedKeys(
                projection.id(), batch.stream().map(Message::key).collect(Collectors.toSet()));
        for (var message : batch) {
            if (parkedKeys.contains(message.key()) && !goesAhead(projection, message)) {
                park(projection, message, "an earlier record of this key is parked");
                skip(projection, message);
                continue;
            }
            try {
                savepoint.executeWithoutResult(status -> applyOne(projection, message));
            } catch (RuntimeException e) {
                if (!Failures.blamesRecord(e)) {
                    throw e;
                }
                LOG.error(
                        "{}: parked {}@{} of key {}: {}",
                        projection.id().name(),
                        message.partition(),
                        message.offset(),
                        message.key(),
                        Failures.describe(e));
                park(projection, message, Failures.describe(e));
                parkedKeys.add(message.key());
                skip(projection, message);
            }
        }
    }

    private <E> void applyOne(Projection<E> projection, Message message) {
        var records = List.of(decode(projection, message));
        projection.apply(records);
        advance(projection, records);
    }

    /**
     * Reading bytes is work in memory: whatever it throws, an I/O exception of the parser too, the record is to blame.
     * So the cause is told and not carried along.
     */
    private static <E> E decode(Projection<E> projection, Message message) {
        try {
            return projection.decode(message.value());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not readable: " + Failures.describe(e));
        }
    }

    private static <E> boolean goesAhead(Projection<E> projection, Message message) {
        try {
            return projection.goesAhead(decode(projection, message));
        } catch (RuntimeException e) {
            return false;
        }
    }

    private <E> void park(Projection<E> projection, Message message, String error) {
        parking.park(projection.id(), message, error);
        meters.counter("projection.parked", "projection", projection.id().name())
                .increment();
    }

    /** What is parked is dealt with as far as readers are concerned: nobody shall wait for it. */
    private <E> void skip(Projection<E> projection, Message message) {
        try {
            advance(projection, List.of(decode(projection, message)));
        } catch (RuntimeException e) {
            if (!Failures.blamesRecord(e)) {
                throw e;
            }
        }
    }

    private <E> void advance(Projection<E> projection, List<E> records) {
        progress.advance(
                projection.id(),
                records.stream().mapToLong(projection::position).max().orElse(0));
    }

    /** Not an error: sends the batch down the slow way, where records of parked keys are told apart. */
    private static final class ParkedKeyInBatch extends RuntimeException {
        ParkedKeyInBatch() {
            super("a key of the batch is parked", null, false, false);
        }
    }
}
