package io.llmplatform.projections.runtime;

import io.llmplatform.contracts.personal.PersonKeys;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** What every runner works with. */
@Component
record RunnerContext(
        SchemaMigration schema,
        Consumers consumers,
        OffsetStore offsets,
        ProgressStore progress,
        ParkingLot parking,
        BatchApplier applier,
        PersonKeys keys,
        PlatformTransactionManager transactions) {}
