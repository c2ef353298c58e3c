package io.llmplatform.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.contracts.usage.UsageRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a batch leaves behind when good, bad and repeated records come in one. */
class UsageBatchIT {
    private static final Instant AT = Instant.parse("2026-11-05T10:59:59.123456789Z");

    @Test
    void goodRecordsOfAMixedBatchAreCountedOnceAndOnlyBadOnesPark() {
        try (var world = World.shared()) {
            var good = new ArrayList<UsageRecord>();
            int place = 0;
            for (long latency : everyBucketsEnds()) {
                // Fractions of a microsecond, as the gateway's clock has them: the last of these rounds into the next
                // hour.
                var at = AT.plusNanos(876_542_000L + place * 100L % 1000);
                good.add(Usage.record("req_mix_" + place++, at, "model\tof\n\"mix\" \\N " + place % 3, latency));
            }
            var sent = new ArrayList<>(good);
            sent.addAll(good.subList(0, 300));
            Collections.shuffle(sent, new Random(3));
            world.use(sent.subList(0, 700));
            world.sendText(Topics.USAGE, "req_mix_torn", "{\"request_id\": ");
            world.sendText(Topics.USAGE, "req_mix_empty", "{\"request_id\":\"req_mix_empty\",\"at\":\"" + AT + "\"}");
            world.sendText(Topics.USAGE, "req_mix_dear", dear());
            world.use(sent.subList(700, sent.size()));
            world.start();
            awaitQuiet(world, "usage");
            awaitQuiet(world, "request_search");

            assertThat(world.rows("select request_id from readmodel.usage_requests() where model like 'model%mix%'"))
                    .hasSize(good.size())
                    .doesNotHaveDuplicates();
            assertThat(world.rows(
                            "select distinct model from readmodel.usage_requests() where model like 'model%mix%'"))
                    .containsExactlyInAnyOrder(
                            "{\"model\": \"model\\tof\\n\\\"mix\\\" \\\\N 0\"}",
                            "{\"model\": \"model\\tof\\n\\\"mix\\\" \\\\N 1\"}",
                            "{\"model\": \"model\\tof\\n\\\"mix\\\" \\\\N 2\"}");
            assertThat(parked(world, "usage")).containsExactly("req_mix_dear", "req_mix_empty", "req_mix_torn");
            assertThat(parked(world, "request_search")).contains("req_mix_dear", "req_mix_torn");
            rollUpsAreWhatTheRowsAddUpTo(world);
        }
    }

    /** The first and the last whole millisecond of every bucket up to some hours. */
    private static List<Long> everyBucketsEnds() {
        var ends = new ArrayList<Long>();
        ends.add(0L);
        for (double end = 1; end < 20_000_000; end *= 1.02 / 0.98) {
            ends.add((long) end);
            ends.add((long) end + 1);
        }
        return ends;
    }

    private static String dear() {
        return io.llmplatform.contracts.json.ContractJson.mapper()
                .writeValueAsString(Usage.record("req_mix_dear", AT, "dear", 5))
                .replaceFirst("\"cost\":[^,]*", "\"cost\":1E+999999999");
    }

    private static List<String> parked(World world, String projection) {
        return world.jdbc()
                .sql("select key from readmodel.parked_event where projection = ? and key like 'req_mix%' order by key")
                .params(projection)
                .query(String.class)
                .list();
    }

    /** Everything is worked out again by the functions of the schema, as V4 did. */
    private static void rollUpsAreWhatTheRowsAddUpTo(World world) {
        assertThat(world.rows("select * from readmodel.usage_hourly"))
                .isNotEmpty()
                .isEqualTo(world.rows("""
                        with measured as (
                            select hour, series_id, array_agg(place << 40 | count order by place) as measured
                            from (select date_trunc('hour', at, 'UTC') as hour, series_id, place::bigint, count(*) as count
                                  from readmodel.usage_requests(), lateral (values (readmodel.histogram_bucket(latency_ms)::int),
                                       (65536 + readmodel.histogram_bucket(ttft_ms))) as m (place)
                                  where place is not null group by 1, 2, 3) c
                            group by 1, 2
                        )
                        select h.*, m.measured from (
                            select date_trunc('hour', at, 'UTC') as hour, series_id, count(*) as requests,
                                   sum(prompt_tokens) as prompt_tokens, sum(completion_tokens) as completion_tokens,
                                   sum(cached_tokens) as cached_tokens, sum(reasoning_tokens) as reasoning_tokens,
                                   trim_scale(sum(cost)) as cost
                            from readmodel.usage_requests() group by 1, 2
                        ) h join measured m using (hour, series_id)"""));
        // The ids are what the functions of the schema make of what they stand for.
        assertThat(world.rows("""
                        select from readmodel.usage_series where series_id <> readmodel.usage_series_id(
                            model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency)
                        union all
                        select from readmodel.usage_manner where manner_id <> readmodel.usage_manner_id(
                            served_model, upstream_model, stream, status, error_code, tokens_estimated, attempts, cache_hit,
                            metadata, gateway)
                        union all
                        select from readmodel.usage_origin
                        where origin_id <> readmodel.usage_hash(readmodel.netstring(ip) || readmodel.netstring(user_agent))
                        union all
                        select from readmodel.usage_requests() where request_key <> readmodel.request_key(request_id)""")).isEmpty();
        assertThat(world.rows("select * from readmodel.api_key_last_used")).isEqualTo(world.rows("""
                        select api_key_id, max(at) as at from readmodel.usage_requests()
                        where api_key_id is not null group by 1"""));
    }

    private static void awaitQuiet(World world, String projection) {
        World.eventually(() -> world.jdbc()
                        .sql(
                                "select coalesce(sum(next_offset), 0) from readmodel.projection_offset where projection = ?")
                        .params(projection)
                        .query(Long.class)
                        .single()
                == Topic.size(world.kafka, Topics.USAGE));
    }
}
