package io.llmplatform.query.usage;

import io.llmplatform.query.sql.SqlFile;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads percentiles off the histograms. Callers see to it that there is one snapshot for all of an answer. */
@Component
class Histograms {
    private final JdbcClient jdbc;
    private final ClosedDays days;
    private final String bySeries = SqlFile.read("usage-percentiles", "added_up", "usage-percentiles-days");
    private final String byDimension = SqlFile.read("usage-percentiles", "added_up", "usage-percentiles-days-by");

    Histograms(JdbcClient jdbc, ClosedDays days) {
        this.jdbc = jdbc;
        this.days = days;
    }

    /** Of everything that the filter lets through. */
    Measured of(UsageFilter filter, Period period) {
        return measured(read(filter, period, null, List.of(), false).get(1));
    }

    /**
     * @param keys values of the dimension
     * @param rest whether the rest is asked for too
     * @return by the place of the key from 1 on; the rest is after the last
     */
    Map<Integer, Measured> byRank(
            UsageFilter filter, Period period, Dimension dimension, List<String> keys, boolean rest) {
        var one = OneDimension.of(filter, dimension);
        // The many values of the rest need not be read: they are everything less the keys.
        boolean onlyKeys = one != null && one.dimension() == dimension && one.key() == null;
        var found = read(filter, period, dimension, keys, onlyKeys);
        if (onlyKeys) {
            found.remove(keys.size() + 1);
            if (rest) {
                var others = read(filter, period, null, List.of(), false).getOrDefault(1, new Counts());
                found.values().forEach(others::minus);
                found.put(keys.size() + 1, others);
            }
        }
        var measured = new HashMap<Integer, Measured>();
        found.forEach((rank, counts) -> measured.put(rank, measured(counts)));
        return measured;
    }

    private Map<Integer, Counts> read(
            UsageFilter filter, Period period, @Nullable Dimension dimension, List<String> keys, boolean onlyKeys) {
        var one = OneDimension.of(filter, dimension);
        var counts = new HashMap<Integer, Counts>();
        UsageSlices.bind(
                        jdbc.sql(one == null ? bySeries : byDimension),
                        filter,
                        dimension,
                        one,
                        Span.of(period, Grain.PERIOD, days))
                .param("keys", keys.toArray(String[]::new), Types.ARRAY)
                .param("only_keys", onlyKeys)
                .query(row -> {
                    counts.computeIfAbsent(row.getInt("rank"), absent -> new Counts())
                            .add(
                                    row.getString("metric"),
                                    row.getInt("bucket"),
                                    row.getDouble("ms"),
                                    row.getLong("count"));
                });
        return counts;
    }

    private static Measured measured(@Nullable Counts counts) {
        return counts == null
                ? Measured.NOTHING
                : new Measured(Percentiles.of(counts.of("latency")), Percentiles.of(counts.of("ttft")));
    }

    /** How many requests are in each bucket. */
    private static final class Counts {
        private final Map<String, TreeMap<Integer, Percentiles.Bucket>> metrics = new HashMap<>();

        void add(String metric, int bucket, double ms, long count) {
            metrics.computeIfAbsent(metric, absent -> new TreeMap<>())
                    .merge(
                            bucket,
                            new Percentiles.Bucket(ms, count),
                            (a, b) -> new Percentiles.Bucket(a.ms(), a.count() + b.count()));
        }

        void minus(Counts other) {
            other.metrics.forEach((metric, buckets) ->
                    buckets.forEach((bucket, part) -> add(metric, bucket, part.ms(), -part.count())));
        }

        List<Percentiles.Bucket> of(String metric) {
            return metrics.getOrDefault(metric, new TreeMap<>()).values().stream()
                    .filter(bucket -> bucket.count() != 0)
                    .toList();
        }
    }

    record Measured(Percentiles latencyMs, Percentiles ttftMs) {
        static final Measured NOTHING = new Measured(Percentiles.of(List.of()), Percentiles.of(List.of()));
    }
}
