package io.llmplatform.projections.usage;

import io.llmplatform.contracts.usage.UsageRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a batch adds to the roll-ups, added up in memory, so that a row of theirs is touched once. */
final class RollUps {
    private static final long SECONDS_PER_HOUR = 3600;

    /** A combination of dimensions. */
    record Series(
            @Nullable String model,
            @Nullable String deployment,
            @Nullable String providerId,
            @Nullable String apiKeyId,
            @Nullable String userId,
            @Nullable String teamId,
            String endpoint,
            String outcome,
            String currency) {}

    /** @param series its place in the list of series, from 1 as arrays count in SQL */
    private record Slot(long hour, int series) {}

    private static final class Totals {
        private long requests;
        private long promptTokens;
        private long completionTokens;
        private long cachedTokens;
        private long reasoningTokens;
        private BigDecimal cost = BigDecimal.ZERO;
        private long[] buckets = new long[4];
        private int measured;

        void add(UsageRecord record) {
            requests++;
            promptTokens = Math.addExact(promptTokens, record.promptTokens());
            completionTokens = Math.addExact(completionTokens, record.completionTokens());
            cachedTokens = Math.addExact(cachedTokens, record.cachedTokens());
            reasoningTokens = Math.addExact(reasoningTokens, record.reasoningTokens());
            cost = cost.add(record.cost());
            measure(Histogram.bucket(record.latencyMs()));
            if (record.ttftMs() != null) {
                measure(TTFT | Histogram.bucket(record.ttftMs()));
            }
        }

        private void measure(int bucket) {
            if (measured == buckets.length) {
                buckets = Arrays.copyOf(buckets, 2 * measured);
            }
            buckets[measured++] = bucket;
        }
    }

    private static final int TTFT = 1 << 16;

    private final Map<Series, Integer> series = new HashMap<>();
    private final Map<Slot, Totals> totals = new HashMap<>();
    private final Map<String, Instant> lastUsed = new HashMap<>();

    static RollUps of(Collection<UsageRecord> records) {
        var rollUps = new RollUps();
        records.forEach(rollUps::add);
        return rollUps;
    }

    private void add(UsageRecord record) {
        var dimensions = new Series(
                record.model(),
                record.deployment(),
                record.providerId(),
                record.apiKeyId(),
                record.userId(),
                record.teamId(),
                record.endpoint(),
                record.outcome().wire(),
                record.currency());
        int place = series.computeIfAbsent(dimensions, absent -> series.size() + 1);
        long hour = Math.floorDiv(Micros.rounded(record.at()).getEpochSecond(), SECONDS_PER_HOUR) * SECONDS_PER_HOUR;
        totals.computeIfAbsent(new Slot(hour, place), absent -> new Totals()).add(record);
        if (record.apiKeyId() != null) {
            lastUsed.merge(record.apiKeyId(), record.at(), (a, b) -> a.isAfter(b) ? a : b);
        }
    }

    /** As arrays for {@code usage-roll-up.sql}. */
    Map<String, Object> parameters() {
        var parameters = new HashMap<String, Object>();
        var dimensions = new ArrayList<Series>(series.keySet());
        dimensions.sort(java.util.Comparator.comparing(series::get));
        parameters.put("models", texts(dimensions, Series::model));
        parameters.put("deployments", texts(dimensions, Series::deployment));
        parameters.put("providers", texts(dimensions, Series::providerId));
        parameters.put("api_keys", texts(dimensions, Series::apiKeyId));
        parameters.put("users", texts(dimensions, Series::userId));
        parameters.put("teams", texts(dimensions, Series::teamId));
        parameters.put("endpoints", texts(dimensions, Series::endpoint));
        parameters.put("outcomes", texts(dimensions, Series::outcome));
        parameters.put("currencies", texts(dimensions, Series::currency));
        var slots = List.copyOf(totals.entrySet());
        parameters.put(
                "hours", slots.stream().mapToLong(slot -> slot.getKey().hour()).toArray());
        parameters.put(
                "series",
                slots.stream().mapToInt(slot -> slot.getKey().series()).toArray());
        parameters.put(
                "requests",
                slots.stream().mapToLong(slot -> slot.getValue().requests).toArray());
        parameters.put(
                "prompts",
                slots.stream().mapToLong(slot -> slot.getValue().promptTokens).toArray());
        parameters.put(
                "completions",
                slots.stream()
                        .mapToLong(slot -> slot.getValue().completionTokens)
                        .toArray());
        parameters.put(
                "cached",
                slots.stream().mapToLong(slot -> slot.getValue().cachedTokens).toArray());
        parameters.put(
                "reasoning",
                slots.stream()
                        .mapToLong(slot -> slot.getValue().reasoningTokens)
                        .toArray());
        parameters.put(
                "costs",
                texts(slots, slot -> slot.getValue().cost.stripTrailingZeros().toString()));
        measured(slots, parameters);
        var keys = List.copyOf(lastUsed.entrySet());
        parameters.put("used_keys", texts(keys, Map.Entry::getKey));
        parameters.put("used_at", texts(keys, used -> used.getValue().toString()));
        return parameters;
    }

    /** A count for each bucket of each slot: a sorted run of equal ones. */
    private static void measured(List<Map.Entry<Slot, Totals>> slots, Map<String, Object> parameters) {
        int most = slots.stream().mapToInt(slot -> slot.getValue().measured).sum();
        var inSlot = new int[most];
        var buckets = new int[most];
        var counts = new int[most];
        int size = 0;
        for (int i = 0; i < slots.size(); i++) {
            var totals = slots.get(i).getValue();
            Arrays.sort(totals.buckets, 0, totals.measured);
            for (int j = 0; j < totals.measured; j++) {
                if (j > 0 && totals.buckets[j] == totals.buckets[j - 1]) {
                    counts[size - 1]++;
                } else {
                    inSlot[size] = i + 1;
                    buckets[size] = (int) totals.buckets[j];
                    counts[size++] = 1;
                }
            }
        }
        parameters.put("bucket_slots", Arrays.copyOf(inSlot, size));
        parameters.put("buckets", Arrays.copyOf(buckets, size));
        parameters.put("bucket_counts", Arrays.copyOf(counts, size));
    }

    private static <T> @Nullable String[] texts(List<T> from, Function<T, @Nullable String> text) {
        return from.stream().map(text).toArray(String[]::new);
    }
}
