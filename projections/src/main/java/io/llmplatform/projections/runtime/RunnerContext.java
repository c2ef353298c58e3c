package io.llmplatform.projections.runtime;

import io.llmplatform.contracts.personal.PersonKeys;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** What every runner works with. */
@Component
public record RunnerContext(
        SchemaMigration schema,
        Consumers consumers,
        BuildStore builds,
        OffsetStore offsets,
        ProgressStore progress,
        ParkingLot parking,
        BatchApplier applier,
        PersonKeys keys,
        PlatformTransactionManager transactions,
        Clock clock,
        RandomGenerator random) {}
