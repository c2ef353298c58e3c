package io.llmplatform.query.usage;

import io.llmplatform.query.sql.SqlFile;
import io.llmplatform.query.usage.UsageTimeseries.Point;
import io.llmplatform.query.usage.UsageTimeseries.Series;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Adds up usage. Each answer is made from one snapshot of the database. */
@Component
class UsageAnalytics {
    /** How many groups are told apart; the rest is {@code other}. */
    private static final int MOST_GROUPS = 20;

    private static final String DEFAULT_CURRENCY = "USD";

    private final UsageSlices slices;
    private final Histograms histograms;
    private final String summary = SqlFile.read("usage-summary");
    private final String timeseries = SqlFile.read("usage-timeseries");

    UsageAnalytics(UsageSlices slices, Histograms histograms) {
        this.slices = slices;
        this.histograms = histograms;
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public UsageSummary summary(UsageFilter filter, Period period) {
        var totals = slices.sql(summary, filter, period, null, Grain.PERIOD)
                .query((row, number) -> Total.read(row))
                .list();
        var measured = histograms.of(filter, period);
        var costs = new LinkedHashMap<String, BigDecimal>();
        totals.forEach(total -> costs.put(total.currency(), total.cost()));
        var currency = totals.isEmpty() || totals.getFirst().billed() == 0
                ? DEFAULT_CURRENCY
                : totals.getFirst().currency();
        long requests = totals.stream().mapToLong(Total::requests).sum();
        long completed = totals.stream().mapToLong(Total::completed).sum();
        long prompt = totals.stream().mapToLong(Total::promptTokens).sum();
        long completion = totals.stream().mapToLong(Total::completionTokens).sum();
        return new UsageSummary(
                requests,
                prompt,
                completion,
                prompt + completion,
                costs.getOrDefault(currency, BigDecimal.ZERO),
                currency,
                costs,
                requests == 0
                        ? null
                        : BigDecimal.valueOf(completed).divide(BigDecimal.valueOf(requests), 6, RoundingMode.HALF_UP),
                measured.latencyMs(),
                measured.ttftMs());
    }

    /** Both from the same snapshot. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public UsageComparison compare(UsageFilter filter, Period period, Period with) {
        var now = summary(filter, period);
        var before = summary(filter, with);
        return new UsageComparison(
                new UsageComparison.Part(period, now, filter.requests(period)),
                new UsageComparison.Part(with, before, filter.requests(with)),
                UsageComparison.Changes.between(before, now));
    }

    /** @param groupBy dimension; null for one series over everything, which is there even when it is empty */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public UsageTimeseries timeseries(
            UsageFilter filter, Period period, Interval interval, @Nullable Dimension groupBy) {
        // By rank, not by key: a model may be called like the group of the rest.
        var byRank = new LinkedHashMap<Integer, Group>();
        if (groupBy == null) {
            byRank.put(1, new Group(""));
        }
        slices.sql(timeseries, filter, period, groupBy, interval.grain())
                .param("interval", interval.wire())
                .param("most", MOST_GROUPS)
                .query(row -> {
                    var point = point(row);
                    var key = row.getString("key");
                    byRank.computeIfAbsent(row.getInt("rank"), absent -> new Group(key))
                            .points()
                            .put(point.at(), point);
                });
        var starts = interval.starts(period);
        return new UsageTimeseries(
                interval,
                byRank.values().stream()
                        .map(group -> new Series(
                                groupBy == null ? null : group.key(),
                                starts.stream()
                                        .map(at -> group.points().getOrDefault(at, Point.empty(at)))
                                        .toList()))
                        .toList());
    }

    private static Point point(ResultSet row) throws SQLException {
        return new Point(
                row.getTimestamp("at").toInstant(),
                row.getLong("requests"),
                row.getLong("completed"),
                row.getLong("prompt_tokens"),
                row.getLong("completion_tokens"),
                row.getBigDecimal("cost"));
    }

    private record Group(String key, Map<Instant, Point> points) {
        Group(String key) {
            this(key, new HashMap<>());
        }
    }

    private record Total(
            String currency,
            long requests,
            long completed,
            long billed,
            long promptTokens,
            long completionTokens,
            BigDecimal cost) {
        static Total read(ResultSet row) throws SQLException {
            return new Total(
                    row.getString("currency"),
                    row.getLong("requests"),
                    row.getLong("completed"),
                    row.getLong("billed"),
                    row.getLong("prompt_tokens"),
                    row.getLong("completion_tokens"),
                    row.getBigDecimal("cost"));
        }
    }
}
