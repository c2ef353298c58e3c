package io.llmplatform.query.usage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code UsageTimeseries} of the management API. */
record UsageTimeseries(Interval interval, List<Series> series) {

    record Series(@Nullable String key, List<Point> points) {}

    record Point(Instant at, long requests, long completed, long promptTokens, long completionTokens, BigDecimal cost) {
        static Point empty(Instant at) {
            return new Point(at, 0, 0, 0, 0, BigDecimal.ZERO);
        }
    }
}
