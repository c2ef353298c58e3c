package io.llmplatform.query;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Usage of every kind, the same for the same seed: people without a key, keys without a person, two currencies, every outcome. */
final class RandomUsage {
    private final Random random;
    private final String prefix;

    RandomUsage(long seed, String prefix) {
        this.random = new Random(seed);
        this.prefix = prefix;
    }

    /** At any microsecond of the period. */
    List<UsageRecord> records(int count, Instant from, Instant to) {
        long micros = Duration.between(from, to).toNanos() / 1000;
        var records = new ArrayList<UsageRecord>();
        for (int i = 0; i < count; i++) {
            records.add(record(prefix + i, from.plusNanos(random.nextLong(micros) * 1000)));
        }
        return records;
    }

    private UsageRecord record(String id, Instant at) {
        int person = Math.min(random.nextInt(8), random.nextInt(8));
        int model = Math.min(random.nextInt(14), random.nextInt(14));
        var outcome = random.nextInt(10) < 8 ? Outcome.COMPLETED : Outcome.values()[random.nextInt(5)];
        boolean refused = outcome == Outcome.REJECTED;
        boolean cached = random.nextInt(12) == 0;
        boolean fallback = random.nextInt(15) == 0;
        long prompt = refused ? 0 : 1 + random.nextInt(5000);
        long completion = refused ? 0 : random.nextInt(2000);
        long latency = (long) Math.exp(random.nextDouble() * 10);
        return new UsageRecord(
                id,
                at,
                person == 7 ? null : prefix + "usr" + person,
                person % 3 == 0 ? null : prefix + "team" + person % 3,
                person == 7 || random.nextBoolean() ? prefix + "key" + person : null,
                random.nextInt(5) == 0 ? "embeddings" : "chat.completions",
                refused && random.nextBoolean() ? null : prefix + "model" + model,
                fallback && !refused ? prefix + "model" + (model + 1) % 14 : null,
                refused ? null : prefix + "dep" + model,
                refused ? null : prefix + "prv" + model % 3,
                refused ? null : "upstream",
                random.nextBoolean(),
                outcome,
                outcome == Outcome.COMPLETED ? 200 : 500 + random.nextInt(4),
                outcome == Outcome.COMPLETED ? null : "upstream_error",
                prompt,
                completion,
                random.nextInt(3) == 0 ? prompt / 2 : 0,
                random.nextInt(3) == 0 ? completion / 3 : 0,
                false,
                refused || cached ? BigDecimal.ZERO : BigDecimal.valueOf(random.nextInt(1_000_000_000), 10),
                model % 5 == 4 ? "EUR" : "USD",
                latency,
                outcome == Outcome.COMPLETED ? latency / 3 : null,
                refused ? 0 : 1 + random.nextInt(2),
                null,
                cached ? true : null,
                null,
                null,
                null,
                "g");
    }

    /** The same request to other models at another price. */
    static UsageRecord billed(UsageRecord r, String model, String servedModel, BigDecimal cost, String currency) {
        return new UsageRecord(
                r.requestId(),
                r.at(),
                r.userId(),
                r.teamId(),
                r.apiKeyId(),
                r.endpoint(),
                model,
                servedModel,
                r.deployment(),
                r.providerId(),
                r.upstreamModel(),
                r.stream(),
                r.outcome(),
                r.status(),
                r.errorCode(),
                r.promptTokens(),
                r.completionTokens(),
                r.cachedTokens(),
                r.reasoningTokens(),
                r.tokensEstimated(),
                cost,
                currency,
                r.latencyMs(),
                r.ttftMs(),
                r.attempts(),
                r.trail(),
                r.cacheHit(),
                r.metadata(),
                r.ip(),
                r.userAgent(),
                r.gateway());
    }

    /** The form that {@link ReadSide#usage} takes. */
    static String json(List<UsageRecord> records) {
        return ContractJson.mapper().writeValueAsString(records);
    }
}
