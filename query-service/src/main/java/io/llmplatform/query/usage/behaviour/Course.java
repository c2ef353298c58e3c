package io.llmplatform.query.usage.behaviour;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How one metric of one thing went, step by step; a step that is not there was nothing. */
final class Course {
    /** So many weeks are looked back. */
    static final int WEEKS = 8;

    /** Fewer say nothing about what is usual. */
    private static final int FEWEST = 4;

    private static final long SECONDS_PER_WEEK = 7 * 86_400;

    /**
     * What a value belongs to.
     *
     * @param key empty for requests without a value of the dimension, and where there is no dimension
     */
    record Subject(UsageAnomalies.Metric metric, String currency, String key) {
        static final Comparator<Subject> ORDER = Comparator.comparing(Subject::metric)
                .thenComparing(Subject::currency)
                .thenComparing(Subject::key);
    }

    /** @param weeks how many values the band is made of */
    record Judged(Instant at, BigDecimal value, Band band, int weeks) {}

    private final TreeMap<Instant, BigDecimal> values = new TreeMap<>();

    void add(Instant at, BigDecimal value) {
        values.merge(at, value, BigDecimal::add);
    }

    /** What a step of such a length has on average. */
    double mean(Instant since, Instant end, long secondsPerStep) {
        long steps = Math.max(1, Duration.between(since, end).toSeconds() / secondsPerStep);
        return values.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add).doubleValue() / steps;
    }

    /**
     * Holds each step against the same hour of the same weekday in the weeks before, as far back as there is anything.
     *
     * @param since when the records of the thing begin: what was before is not nothing, but unknown
     */
    List<Judged> judge(List<Instant> steps, Instant since, double least, double width) {
        var judged = new ArrayList<Judged>();
        for (var step : steps) {
            var before = before(step, since);
            if (before != null) {
                judged.add(new Judged(
                        step,
                        values.getOrDefault(step, BigDecimal.ZERO),
                        Band.of(before, least, width),
                        before.length));
            }
        }
        return judged;
    }

    private double @Nullable [] before(Instant step, Instant since) {
        var found = new ArrayList<Double>();
        for (int week = 1; week <= WEEKS; week++) {
            var at = step.minusSeconds(week * SECONDS_PER_WEEK);
            if (at.isBefore(since)) {
                break;
            }
            found.add(values.getOrDefault(at, BigDecimal.ZERO).doubleValue());
        }
        return found.size() < FEWEST
                ? null
                : found.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
