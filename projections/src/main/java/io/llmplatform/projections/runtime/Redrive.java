package io.llmplatform.projections.runtime;

import io.llmplatform.contracts.personal.PersonKeys;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Applies parked records once more, when an operator has asked for it: of a key, in order, until one is refused again. */
@Component
class Redrive {
    private static final Logger LOG = LoggerFactory.getLogger(Redrive.class);

    private final ParkingLot parking;
    private final OffsetStore offsets;
    private final BuildStore builds;
    private final PersonKeys keys;
    private final TransactionTemplate transaction;
    private final TransactionTemplate savepoint;

    Redrive(
            ParkingLot parking,
            OffsetStore offsets,
            BuildStore builds,
            PersonKeys keys,
            PlatformTransactionManager transactions) {
        this.parking = parking;
        this.offsets = offsets;
        this.builds = builds;
        this.keys = keys;
        this.transaction = new TransactionTemplate(transactions);
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** Does what was asked for, between two batches of the build. */
    <E> void attend(Projection<E> projection, Target target) {
        for (var key : parking.wantedKeys(target)) {
            transaction.executeWithoutResult(status -> {
                // Only one instance at a time, and none that applies a batch of the build meanwhile.
                offsets.hold(target);
                builds.enter(target);
                redrive(projection, target, key);
            });
        }
    }

    private <E> void redrive(Projection<E> projection, Target target, String key) {
        for (var parked : parking.ofKey(target, key)) {
            try {
                savepoint.executeWithoutResult(
                        status -> projection.apply(target, List.of(projection.decode(parked.payload(), keys))));
            } catch (RuntimeException e) {
                if (e instanceof TransientFailure || !Failures.blamesRecord(e)) {
                    throw e;
                }
                LOG.warn("{}: record {} is refused again: {}", projection.id().name(), parked.id(), e.toString());
                parking.refusedAgain(target, key, parked.id(), Failures.describe(e));
                return;
            }
            parking.release(parked.id());
        }
        LOG.info("{}: the parked records of key {} are applied", projection.id().name(), key);
    }
}
