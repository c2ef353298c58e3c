package io.llmplatform.query.usage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads percentiles off the histograms. Callers see to it that there is one snapshot for all of an answer. */
@Component
class Histograms {
    private final JdbcClient jdbc;
    private final String percentiles = SqlFile.read("usage-percentiles");

    Histograms(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of everything that the filter lets through. */
    Measured of(UsageFilter filter, Period period) {
        return byRank(filter, period, null, List.of()).getOrDefault(1, Measured.NOTHING);
    }

    /**
     * @param keys values of the dimension
     * @return by the place of the key from 1 on; what is not of them is after the last
     */
    Map<Integer, Measured> byRank(UsageFilter filter, Period period, @Nullable Dimension dimension, List<String> keys) {
        var buckets = new HashMap<Integer, Map<String, List<Percentiles.Bucket>>>();
        filter.bind(jdbc.sql(percentiles), period, dimension, false)
                .param("keys", keys.toArray(String[]::new), java.sql.Types.ARRAY)
                .query(row -> {
                    buckets.computeIfAbsent(row.getInt("rank"), absent -> new HashMap<>())
                            .computeIfAbsent(row.getString("metric"), absent -> new ArrayList<>())
                            .add(new Percentiles.Bucket(row.getDouble("ms"), row.getLong("count")));
                });
        var measured = new HashMap<Integer, Measured>();
        buckets.forEach((rank, metrics) -> measured.put(
                rank,
                new Measured(
                        Percentiles.of(metrics.getOrDefault("latency", List.of())),
                        Percentiles.of(metrics.getOrDefault("ttft", List.of())))));
        return measured;
    }

    record Measured(Percentiles latencyMs, Percentiles ttftMs) {
        static final Measured NOTHING = new Measured(Percentiles.of(List.of()), Percentiles.of(List.of()));
    }
}
