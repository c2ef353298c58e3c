package io.llmplatform.projections;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Usage records for tests, the same for the same seed. */
final class Usage {
    private static final String[] MODELS = {"gpt-4o", "deepseek-chat", "claude-sonnet"};

    private Usage() {}

    /** Spread over three days around the end of a month. */
    static List<UsageRecord> records(String prefix, int count) {
        var random = new Random(prefix.hashCode());
        var records = new ArrayList<UsageRecord>();
        for (int i = 0; i < count; i++) {
            var at = Instant.parse("2026-10-30T12:00:00Z").plusSeconds(random.nextInt(3 * 86_400));
            records.add(record(prefix + i, at, MODELS[random.nextInt(3)], 1 + random.nextInt(20_000)));
        }
        return records;
    }

    static UsageRecord record(String id, Instant at, String model, long latencyMs) {
        boolean completed = latencyMs % 7 != 0;
        return new UsageRecord(
                id,
                at,
                "usr_u" + latencyMs % 3,
                latencyMs % 3 == 0 ? null : "team_t" + latencyMs % 3,
                latencyMs % 5 == 0 ? null : "key_k" + latencyMs % 4,
                latencyMs % 11 == 0 ? "embeddings" : "chat.completions",
                model,
                latencyMs % 13 == 0 ? "fallback-of-" + model : null,
                "dep_" + model,
                "prv_1",
                model + "-2026",
                latencyMs % 2 == 0,
                completed ? Outcome.COMPLETED : Outcome.FAILED,
                completed ? 200 : 502,
                completed ? null : "upstream_error",
                latencyMs % 1000,
                latencyMs % 300,
                0,
                0,
                false,
                new BigDecimal("0.0000125").multiply(BigDecimal.valueOf(latencyMs)),
                "USD",
                latencyMs,
                completed ? latencyMs / 4 : null,
                1,
                latencyMs % 13 == 0
                        ? List.of(
                                new UsageRecord.Attempt("dep_x", "status_503", 7),
                                new UsageRecord.Attempt("d", "ok", 9))
                        : null,
                latencyMs % 17 == 0 ? true : null,
                latencyMs % 19 == 0 ? Map.of("project", "apollo") : null,
                "10.0.0.9",
                "openai/1.0",
                "gw-1");
    }
}
