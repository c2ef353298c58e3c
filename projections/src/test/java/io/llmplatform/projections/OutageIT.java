package io.llmplatform.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.testkit.KafkaServer;
import io.llmplatform.testkit.PostgresServer;
import io.llmplatform.testkit.SearchServer;
import org.junit.jupiter.api.Test;

class OutageIT {
    @Test
    void losesAndDoublesNothingWhenPostgresAndKafkaGoAwayInTurn() {
        var records = Usage.records("req_outage_", 900);
        try (var postgres = PostgresServer.start();
                var kafka = KafkaServer.start();
                var world = new World(postgres, kafka, SearchServer.shared())) {
            world.start();
            world.use(records.subList(0, 300));
            World.eventually(() -> rows(world) > 0);
            postgres.kill();
            world.use(records.subList(200, 600));
            postgres.restart();
            World.eventually(() -> rows(world) == 600);
            kafka.restart();
            world.use(records.subList(600, 900));
            World.eventually(() -> rows(world) == 900);

            assertThat(world.jdbc()
                            .sql("select sum(requests) from readmodel.usage_hourly")
                            .query(Long.class)
                            .single())
                    .isEqualTo(900);
        }
    }

    private static long rows(World world) {
        return world.jdbc()
                .sql("select count(*) from readmodel.usage_requests()")
                .query(Long.class)
                .single();
    }
}
