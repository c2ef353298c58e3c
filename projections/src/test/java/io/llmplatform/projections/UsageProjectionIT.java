package io.llmplatform.projections;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UsageProjectionIT {
    private static final List<String> TABLES = List.of(
            "select * from readmodel.usage_request",
            "select * from readmodel.usage_series",
            "select * from readmodel.usage_hourly",
            "select * from readmodel.usage_manner",
            "select * from readmodel.usage_origin",
            "select * from readmodel.api_key_last_used");

    @Test
    void countsEveryRequestOnceThroughDuplicatesARestartAndTwoInstancesAndFromZero() {
        var records = Usage.records("req_once_", 1500);
        var sent = new ArrayList<>(records);
        sent.addAll(records.subList(0, 700));
        Collections.shuffle(sent, new Random(1));
        try (var world = World.shared()) {
            var first = world.start();
            world.start();
            world.use(sent.subList(0, 1100));
            World.eventually(() -> count(world) > 200);
            first.close();
            world.use(sent.subList(1100, sent.size()));
            world.start();
            World.eventually(() -> count(world) == records.size());
            awaitQuiet(world);

            assertThat(count(world)).isEqualTo(records.size());
            rollUpsEqualRows(world);
            try (var again = world.fromZero()) {
                again.start();
                World.eventually(() -> count(again) == records.size());
                awaitQuiet(again);
                for (var table : TABLES) {
                    assertThat(again.rows(table)).as(table).isEqualTo(world.rows(table));
                }
            }
        }
    }

    @Test
    void offsetsSetBackToZeroChangeNothing() {
        try (var world = World.shared()) {
            var records = Usage.records("req_rewind_", 50);
            world.use(records);
            var instance = world.start();
            World.eventually(() -> rows(world, "req_rewind_") == records.size());
            awaitQuiet(world);
            instance.close();
            var before = TABLES.stream().map(world::rows).toList();
            world.jdbc()
                    .sql("update readmodel.projection_offset set next_offset = 0")
                    .update();

            world.start();
            awaitQuiet(world);

            assertThat(TABLES.stream().map(world::rows).toList()).isEqualTo(before);
        }
    }

    @Test
    void percentilesOfAnyRangeAreWithinThreePercent() {
        try (var world = World.shared()) {
            var random = new Random(7);
            var latencies = new ArrayList<Long>();
            var at = Instant.parse("2026-09-30T23:00:00Z");
            var records = new ArrayList<io.llmplatform.contracts.usage.UsageRecord>();
            for (int i = 0; i < 3000; i++) {
                long latency = (long) Math.exp(random.nextDouble() * 12);
                latencies.add(latency);
                records.add(Usage.record("req_pct_" + i, at.plusSeconds(2L * i), "pct-model", latency));
            }
            world.use(records);
            world.start();
            World.eventually(() -> rows(world, "req_pct_") == latencies.size());
            Collections.sort(latencies);

            for (double share : new double[] {0.5, 0.95, 0.99}) {
                double exact = latencies.get((int) Math.ceil(share * latencies.size()) - 1);
                double told = world.jdbc()
                        .sql("""
                                select readmodel.histogram_value(bucket::smallint) from (
                                    select m >> 40 as bucket, sum(sum(m & 1099511627775)) over (order by m >> 40) as seen
                                    from readmodel.usage_hourly join readmodel.usage_series using (series_id), unnest(measured) as m
                                    where m >> 40 < 65536 and model = 'pct-model' group by 1) b
                                where seen >= ? order by bucket limit 1""")
                        .params(Math.ceil(share * latencies.size()))
                        .query(Double.class)
                        .single();
                assertThat(told).as("p%s", share * 100).isBetween(exact * 0.97, exact * 1.03);
            }
        }
    }

    @Test
    void whatACallerMadeUpIsStored() {
        try (var world = World.shared()) {
            world.start();
            world.use(Usage.record("req_odd", Instant.parse("2026-11-01T00:00:00Z"), "a\0b\uD800 模型", 5));

            World.eventually(() -> rows(world, "req_odd") == 1);

            assertThat(world.jdbc()
                            .sql("select model from readmodel.usage_requests() where request_id = 'req_odd'")
                            .query(String.class)
                            .single())
                    .startsWith("a\uFFFDb")
                    .endsWith("模型");
        }
    }

    @Test
    void whatARequestWentThroughIsKeptOnItsRow() {
        try (var world = World.shared()) {
            world.start();
            world.use(Usage.record("req_trail_", Instant.parse("2026-11-01T00:00:00Z"), "a", 13 * 17 * 19));

            World.eventually(() -> rows(world, "req_trail_") == 1);

            assertThat(world.rows("""
                            select team_id, served_model, cache_hit, metadata, trail
                            from readmodel.usage_requests() where request_id = 'req_trail_'"""))
                    .containsExactly("{\"trail\": [{\"ms\": 7, \"result\": \"status_503\", \"deployment\": \"dep_x\"},"
                            + " {\"ms\": 9, \"result\": \"ok\", \"deployment\": \"d\"}], \"team_id\": \"team_t2\","
                            + " \"metadata\": {\"project\": \"apollo\"}, \"cache_hit\": true,"
                            + " \"served_model\": \"fallback-of-a\"}");
        }
    }

    private static void rollUpsEqualRows(World world) {
        var fromRows = world.rows("""
                select date_trunc('hour', at, 'UTC') as hour, model, deployment, provider_id, api_key_id, user_id,
                       team_id, endpoint, outcome, currency, count(*) as requests, sum(prompt_tokens) as prompt, sum(completion_tokens) as completion,
                       trim_scale(sum(cost)) as cost
                from readmodel.usage_requests() group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10""");
        var fromRollUps = world.rows("""
                select hour, model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency, requests,
                       prompt_tokens as prompt, completion_tokens as completion, cost
                from readmodel.usage_hourly join readmodel.usage_series using (series_id)""");
        assertThat(fromRollUps).isNotEmpty().isEqualTo(fromRows);
        assertThat(world.rows("select sum(m & 1099511627775) as n from readmodel.usage_hourly, unnest(measured) m"
                        + " where m >> 40 < 65536"))
                .isEqualTo(world.rows("select count(*) as n from readmodel.usage_requests()"));
    }

    /** Until every offset is at the end of its topic. */
    private static void awaitQuiet(World world) {
        World.eventually(() -> world.jdbc()
                        .sql(
                                "select coalesce(sum(next_offset), 0) from readmodel.projection_offset where projection = 'usage'")
                        .query(Long.class)
                        .single()
                == Topic.size(world.kafka, io.llmplatform.contracts.topic.Topics.USAGE));
    }

    private static long count(World world) {
        return rows(world, "req_once_");
    }

    private static long rows(World world, String prefix) {
        return world.jdbc()
                .sql("select count(*) from readmodel.usage_requests() where starts_with(request_id, ?)")
                .params(prefix)
                .query(Long.class)
                .single();
    }
}
