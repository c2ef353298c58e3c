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
    private final BuildStore builds;
    private final MeterRegistry meters;

    BatchApplier(
            OffsetStore offsets,
            ProgressStore progress,
            ParkingLot parking,
            BuildStore builds,
            PlatformTransactionManager transactions,
            MeterRegistry meters) {
        this.offsets = offsets;
        this.progress = progress;
        this.parking = parking;
        this.builds = builds;
        this.meters = meters;
        this.transaction = new TransactionTemplate(transactions);
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /**
     * @param expected the offset that each partition was read from; moved on when the batch is applied
     * @throws FencedException when another instance was faster; nothing was changed
     */
    <E> void apply(Projection<E> projection, Target target, Map<TopicPartition, Long> expected, Batch<E> batch) {
        try {
            transaction.executeWithoutResult(status -> applyWhole(projection, target, expected, batch));
        } catch (RuntimeException e) {
            if (!Failures.blamesRecord(e)) {
                throw e;
            }
            transaction.executeWithoutResult(status -> applyApart(projection, target, expected, batch));
        }
        expected.putAll(batch.next());
        meters.counter("projection.records", "projection", projection.id().name())
                .increment(batch.entries().size());
    }

    private <E> void applyWhole(
            Projection<E> projection, Target target, Map<TopicPartition, Long> expected, Batch<E> batch) {
        offsets.claim(target, expected, batch.next());
        builds.enter(target);
        if (!parking.parkedKeys(target, batch.keys()).isEmpty()) {
            throw new ParkedKeyInBatch();
        }
        applyAll(projection, target, batch.entries());
        advance(projection, target, batch);
    }

    private <E> void applyApart(
            Projection<E> projection, Target target, Map<TopicPartition, Long> expected, Batch<E> batch) {
        offsets.claim(target, expected, batch.next());
        builds.enter(target);
        applyPart(projection, target, batch.entries(), parking.parkedKeys(target, batch.keys()));
        // What is parked is dealt with as far as readers are concerned: nobody shall wait for it.
        advance(projection, target, batch);
    }

    /** Halves a part in which something is wrong until the wrong one stands alone; the earlier half first, for order. */
    private <E> void applyPart(
            Projection<E> projection, Target target, List<Batch.Entry<E>> part, Set<String> parkedKeys) {
        var due = new ArrayList<Batch.Entry<E>>(part.size());
        for (var entry : part) {
            if (parkedKeys.contains(entry.message().key()) && !goesAhead(projection, entry)) {
                park(target, entry.message(), "an earlier record of this key is parked");
            } else {
                due.add(entry);
            }
        }
        try {
            savepoint.executeWithoutResult(status -> applyAll(projection, target, due));
        } catch (RuntimeException e) {
            if (!Failures.blamesRecord(e)) {
                throw e;
            }
            if (due.size() == 1) {
                refuse(target, due.getFirst().message(), Failures.describe(e));
                parkedKeys.add(due.getFirst().message().key());
            } else {
                applyPart(projection, target, due.subList(0, due.size() / 2), parkedKeys);
                applyPart(projection, target, due.subList(due.size() / 2, due.size()), parkedKeys);
            }
        }
    }

    private static <E> void applyAll(Projection<E> projection, Target target, List<Batch.Entry<E>> entries) {
        for (var entry : entries) {
            if (entry.error() != null) {
                throw new IllegalArgumentException(entry.error());
            }
        }
        if (!entries.isEmpty()) {
            projection.apply(target, Batch.records(entries));
        }
    }

    private static <E> boolean goesAhead(Projection<E> projection, Batch.Entry<E> entry) {
        try {
            return entry.record() != null && projection.goesAhead(entry.record());
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void refuse(Target target, Message message, String error) {
        LOG.error(
                "{}: parked {}@{} of key {}: {}",
                target.projection().name(),
                message.partition(),
                message.offset(),
                message.key(),
                error);
        park(target, message, error);
    }

    private void park(Target target, Message message, String error) {
        parking.park(target, message, error);
        meters.counter("projection.parked", "projection", target.projection().name())
                .increment();
    }

    private <E> void advance(Projection<E> projection, Target target, Batch<E> batch) {
        progress.advance(
                target,
                batch.records().stream().mapToLong(projection::position).max().orElse(0));
    }

    /** Not an error: sends the batch down the slow way, where records of parked keys are told apart. */
    private static final class ParkedKeyInBatch extends RuntimeException {
        ParkedKeyInBatch() {
            super("a key of the batch is parked", null, false, false);
        }
    }
}
