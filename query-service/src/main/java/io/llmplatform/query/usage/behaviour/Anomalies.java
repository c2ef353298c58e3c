package io.llmplatform.query.usage.behaviour;

import io.llmplatform.query.sql.SqlFile;
import io.llmplatform.query.usage.Dimension;
import io.llmplatform.query.usage.Interval;
import io.llmplatform.query.usage.Period;
import io.llmplatform.query.usage.UsageFilter;
import io.llmplatform.query.usage.UsageSlices;
import io.llmplatform.query.usage.behaviour.Course.Subject;
import io.llmplatform.query.usage.behaviour.UsageAnomalies.Anomaly;
import io.llmplatform.query.usage.behaviour.UsageAnomalies.Metric;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Marks hours or days whose spend or errors are out of their usual band. */
@Component
class Anomalies {
    private static final int MOST_KEYS = 20;
    private static final int MOST_TOLD = 100;
    private static final Duration BEFORE = Duration.ofDays(7L * Course.WEEKS);

    /** An error more or less is nothing unusual. */
    private static final double LEAST_ERRORS = 1;

    /** Where there is mostly nothing, a little is nothing unusual. */
    private static final double LEAST_PART_OF_MEAN = 0.25;

    private final UsageSlices slices;
    private final String steps = SqlFile.read("usage-steps");

    Anomalies(UsageSlices slices) {
        this.slices = slices;
    }

    /**
     * @param dimension whose largest values are judged each by itself; null for everything as one
     * @param width     how many deviations off the median are still usual
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public UsageAnomalies of(
            UsageFilter filter, Period period, Interval interval, @Nullable Dimension dimension, int width) {
        // What is not over yet, or was not looked at from its beginning, would seem too little.
        var steps = interval.starts(period).stream()
                .filter(at -> !at.isBefore(period.from()) && !interval.end(at).isAfter(period.to()))
                .toList();
        if (steps.isEmpty()) {
            return new UsageAnomalies(period, interval, dimension, 0, List.of(), 0);
        }
        var courses = new TreeMap<Subject, Course>(Subject.ORDER);
        var since = new HashMap<String, Instant>();
        read(filter, new Period(steps.getFirst().minus(BEFORE), period.to()), interval, dimension, courses, since);
        var found = new ArrayList<Anomaly>();
        int judged = 0;
        var end = interval.end(steps.getLast());
        long secondsPerStep = Duration.between(steps.getLast(), end).toSeconds();
        for (var course : courses.entrySet()) {
            var subject = course.getKey();
            var begin = since.getOrDefault(subject.key(), period.from());
            double least = subject.metric() == Metric.ERRORS
                    ? LEAST_ERRORS
                    : LEAST_PART_OF_MEAN * course.getValue().mean(begin, end, secondsPerStep);
            for (var value : course.getValue().judge(steps, begin, least, width)) {
                judged++;
                if (!value.band().holds(value.value().doubleValue())) {
                    found.add(anomaly(subject, value, filter, interval, dimension));
                }
            }
        }
        found.sort(Comparator.comparing((Anomaly each) -> each.score().abs().negate())
                .thenComparing(Anomaly::from)
                .thenComparing(Anomaly::metric));
        var told = found.stream().limit(MOST_TOLD).toList();
        return new UsageAnomalies(period, interval, dimension, judged, told, found.size() - told.size());
    }

    private void read(
            UsageFilter filter,
            Period period,
            Interval interval,
            @Nullable Dimension dimension,
            Map<Subject, Course> courses,
            Map<String, Instant> since) {
        slices.sql(steps, filter, period, dimension, interval.grain())
                .param("interval", interval.wire())
                .param("most", MOST_KEYS)
                .query(row -> {
                    var at = row.getTimestamp("at").toInstant();
                    var key = row.getString("key");
                    since.merge(key, at, (a, b) -> a.isBefore(b) ? a : b);
                    course(courses, new Subject(Metric.SPEND, row.getString("currency"), key))
                            .add(at, row.getBigDecimal("cost"));
                    course(courses, new Subject(Metric.ERRORS, "", key)).add(at, row.getBigDecimal("failed"));
                });
    }

    private static Course course(Map<Subject, Course> courses, Subject subject) {
        return courses.computeIfAbsent(subject, absent -> new Course());
    }

    private static Anomaly anomaly(
            Subject subject,
            Course.Judged judged,
            UsageFilter filter,
            Interval interval,
            @Nullable Dimension dimension) {
        var span = new Period(judged.at(), interval.end(judged.at()));
        boolean named = dimension != null && !subject.key().isEmpty();
        var behind = named ? filter.with(Objects.requireNonNull(dimension), subject.key()) : filter;
        if (subject.metric() == Metric.ERRORS) {
            behind = behind.with(Dimension.OUTCOME, "failed");
        }
        var band = judged.band();
        return new Anomaly(
                subject.metric(),
                subject.metric() == Metric.SPEND ? subject.currency() : null,
                named ? subject.key() : null,
                span.from(),
                span.to(),
                judged.value(),
                rounded(band.median()),
                rounded(band.low()),
                rounded(band.high()),
                judged.weeks(),
                rounded(band.score(judged.value().doubleValue())),
                dimension != null && !named ? null : behind.requests(span));
    }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(Math.clamp(value, -1e9, 1e12)).setScale(6, RoundingMode.HALF_UP);
    }
}
