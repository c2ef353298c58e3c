package io.llmplatform.projections.usage;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.usage.UsageRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What a batch adds to the roll-ups, added up in memory, so that a row of theirs is touched once. */
final class RollUps {
    private static final long SECONDS_PER_HOUR = 3600;

    private record Slot(long hour, long series) {}

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

        /** An array of PostgreSQL: each bucket, shifted, with how many are in it; a sorted run of equal ones. */
        String measured() {
            Arrays.sort(buckets, 0, measured);
            var array = new StringBuilder("{");
            for (int from = 0; from < measured; ) {
                int to = from;
                while (to < measured && buckets[to] == buckets[from]) {
                    to++;
                }
                array.append(from == 0 ? "" : ",").append((buckets[from] << COUNT_BITS) + (to - from));
                from = to;
            }
            return array.append('}').toString();
        }
    }

    private static final int TTFT = 1 << 16;
    private static final int COUNT_BITS = 40;

    private final Map<Long, Series> series = new HashMap<>();
    private final Map<Long, Manner> manners = new HashMap<>();
    private final Map<Long, Origin> origins = new HashMap<>();
    private final Map<Slot, Totals> totals = new HashMap<>();
    private final Map<String, Instant> lastUsed = new HashMap<>();

    static RollUps of(Collection<Numbered> records) {
        var rollUps = new RollUps();
        records.forEach(rollUps::add);
        return rollUps;
    }

    private void add(Numbered numbered) {
        var record = numbered.record();
        series.put(numbered.series().id(), numbered.series().value());
        manners.put(numbered.manner().id(), numbered.manner().value());
        origins.put(numbered.origin().id(), numbered.origin().value());
        long hour = Math.floorDiv(Micros.rounded(record.at()).getEpochSecond(), SECONDS_PER_HOUR) * SECONDS_PER_HOUR;
        totals.computeIfAbsent(new Slot(hour, numbered.series().id()), absent -> new Totals())
                .add(record);
        if (record.apiKeyId() != null) {
            lastUsed.merge(record.apiKeyId(), record.at(), (a, b) -> a.isAfter(b) ? a : b);
        }
    }

    /** As arrays for {@code usage-roll-up.sql}. */
    Map<String, Object> parameters() {
        var parameters = new HashMap<String, Object>();
        dictionaries(parameters);
        var slots = List.copyOf(totals.entrySet());
        parameters.put("hours", longs(slots, slot -> slot.getKey().hour()));
        parameters.put("series", longs(slots, slot -> slot.getKey().series()));
        parameters.put("requests", longs(slots, slot -> slot.getValue().requests));
        parameters.put("prompts", longs(slots, slot -> slot.getValue().promptTokens));
        parameters.put("completions", longs(slots, slot -> slot.getValue().completionTokens));
        parameters.put("cached", longs(slots, slot -> slot.getValue().cachedTokens));
        parameters.put("reasoning", longs(slots, slot -> slot.getValue().reasoningTokens));
        parameters.put(
                "costs",
                texts(slots, slot -> slot.getValue().cost.stripTrailingZeros().toString()));
        parameters.put("measured", texts(slots, slot -> slot.getValue().measured()));
        var keys = List.copyOf(lastUsed.entrySet());
        parameters.put("used_keys", texts(keys, Map.Entry::getKey));
        parameters.put("used_at", texts(keys, used -> used.getValue().toString()));
        return parameters;
    }

    private void dictionaries(Map<String, Object> parameters) {
        var lines = List.copyOf(series.entrySet());
        parameters.put("series_ids", longs(lines, Map.Entry::getKey));
        parameters.put("models", texts(lines, line -> line.getValue().model()));
        parameters.put("deployments", texts(lines, line -> line.getValue().deployment()));
        parameters.put("providers", texts(lines, line -> line.getValue().providerId()));
        parameters.put("api_keys", texts(lines, line -> line.getValue().apiKeyId()));
        parameters.put("users", texts(lines, line -> line.getValue().userId()));
        parameters.put("teams", texts(lines, line -> line.getValue().teamId()));
        parameters.put("endpoints", texts(lines, line -> line.getValue().endpoint()));
        parameters.put("outcomes", texts(lines, line -> line.getValue().outcome()));
        parameters.put("currencies", texts(lines, line -> line.getValue().currency()));
        var manner = List.copyOf(manners.entrySet());
        parameters.put("manner_ids", longs(manner, Map.Entry::getKey));
        parameters.put("served_models", texts(manner, line -> line.getValue().servedModel()));
        parameters.put("upstream_models", texts(manner, line -> line.getValue().upstreamModel()));
        parameters.put("streams", texts(manner, line -> Boolean.toString(line.getValue().stream())));
        parameters.put("statuses", longs(manner, line -> line.getValue().status()));
        parameters.put("error_codes", texts(manner, line -> line.getValue().errorCode()));
        parameters.put(
                "estimated",
                texts(manner, line -> Boolean.toString(line.getValue().tokensEstimated())));
        parameters.put("attempts", longs(manner, line -> line.getValue().attempts()));
        parameters.put("cache_hits", texts(manner, line -> text(line.getValue().cacheHit())));
        parameters.put(
                "metadata",
                texts(
                        manner,
                        line -> line.getValue().metadata() == null
                                ? null
                                : ContractJson.mapper()
                                        .writeValueAsString(line.getValue().metadata())));
        parameters.put("gateways", texts(manner, line -> line.getValue().gateway()));
        var origin = List.copyOf(origins.entrySet());
        parameters.put("origin_ids", longs(origin, Map.Entry::getKey));
        parameters.put("ips", texts(origin, line -> line.getValue().ip()));
        parameters.put("user_agents", texts(origin, line -> line.getValue().userAgent()));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static <T> long[] longs(List<T> from, ToLongFunction<T> number) {
        return from.stream().mapToLong(number).toArray();
    }

    private static <T> @Nullable String[] texts(List<T> from, Function<T, @Nullable String> text) {
        return from.stream().map(text).toArray(String[]::new);
    }
}
