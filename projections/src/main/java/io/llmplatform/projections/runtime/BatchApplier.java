package io.llmplatform.projections.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies a batch and moves the offset in one transaction. A batch with something wrong in it is done again in
 * ever smaller parts, each behind a savepoint, so that only what is really wrong parks.
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
     * @param expected the offset that each partition was read from; moved on when the batch is applied
     * @throws FencedException when another instance was faster; nothing was changed
     */
    <E> void apply(Projection<E> projection, Map<TopicPartition, Long> expected, Batch<E> batch) {
        try {
            transaction.executeWithoutResult(status -> applyWhole(projection, expected, batch));
        } catch (RuntimeException e) {
            if (!Failures.blamesRecord(e)) {
                throw e;
            }
            transaction.executeWithoutResult(status -> applyApart(projection, expected, batch));
        }
        expected.putAll(batch.next());
        meters.counter("projection.records", "projection", projection.id().name())
                .increment(batch.entries().size());
    }

    private <E> void applyWhole(Projection<E> projection, Map<TopicPartition, Long> expected, Batch<E> batch) {
        offsets.claim(projection.id(), expected, batch.next());
        if (!parking.parkedKeys(projection.id(), batch.keys()).isEmpty()) {
            throw new ParkedKeyInBatch();
        }
        applyAll(projection, batch.entries());
        advance(projection, batch);
    }

    private <E> void applyApart(Projection<E> projection, Map<TopicPartition, Long> expected, Batch<E> batch) {
        offsets.claim(projection.id(), expected, batch.next());
        applyPart(projection, batch.entries(), parking.parkedKeys(projection.id(), batch.keys()));
        // What is parked is dealt with as far as readers are concerned: nobody shall wait for it.
        advance(projection, batch);
    }

    /** Halves a part in which something is wrong until the wrong one stands alone; the earlier half first, for order. */
    private <E> void applyPart(Projection<E> projection, List<Batch.Entry<E>> part, Set<String> parkedKeys) {
        var due = new ArrayList<Batch.Entry<E>>(part.size());
        for (var entry : part) {
            if (parkedKeys.contains(entry.message().key()) && !goesAhead(projection, entry)) {
                park(projection, entry.message(), "an earlier record of this key is parked");
            } else {
                due.add(entry);
            }
        }
        try {
            savepoint.executeWithoutResult(status -> applyAll(projection, due));
        } catch (RuntimeException e) {
            if (!Failures.blamesRecord(e)) {
                throw e;
            }
            if (due.size() == 1) {
                refuse(projection, due.getFirst().message(), Failures.describe(e));
                parkedKeys.add(due.getFirst().message().key());
            } else {
                applyPart(projection, due.subList(0, due.size() / 2), parkedKeys);
                applyPart(projection, due.subList(due.size() / 2, due.size()), parkedKeys);
            }
        }
    }

    private static <E> void applyAll(Projection<E> projection, List<Batch.Entry<E>> entries) {
        for (var entry : entries) {
            if (entry.error() != null) {
                throw new IllegalArgumentException(entry.error());
            }
        }
        if (!entries.isEmpty()) {
            projection.apply(Batch.records(entries));
        }
    }

    private static <E> boolean goesAhead(Projection<E> projection, Batch.Entry<E> entry) {
        try {
            return entry.record() != null && projection.goesAhead(entry.record());
        } catch (RuntimeException e) {
            return false;
        }
    }

    private <E> void refuse(Projection<E> projection, Message message, String error) {
        LOG.error(
                "{}: parked {}@{} of key {}: {}",
                projection.id().name(),
                message.partition(),
                message.offset(),
                message.key(),
                error);
        park(projection, message, error);
    }

    private <E> void park(Projection<E> projection, Message message, String error) {
        parking.park(projection.id(), message, error);
        meters.counter("projection.parked", "projection", projection.id().name())
                .increment();
    }

    private <E> void advance(Projection<E> projection, Batch<E> batch) {
        progress.advance(
                projection.id(),
                batch.records().stream().mapToLong(projection::position).max().orElse(0));
    }

    /** Not an error: sends the batch down the slow way, where records of parked keys are told apart. */
    private static final class ParkedKeyInBatch extends RuntimeException {
        ParkedKeyInBatch() {
            super("a key of the batch is parked", null, false, false);
        }
    }
}
