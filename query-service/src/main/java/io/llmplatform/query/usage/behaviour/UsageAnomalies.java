package io.llmplatform.query.usage.behaviour;

import com.fasterxml.jackson.annotation.JsonValue;
import io.llmplatform.query.usage.Dimension;
import io.llmplatform.query.usage.Interval;
import io.llmplatform.query.usage.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code UsageAnomalies} of the management API.
 *
 * @param judged    how many values were held against a band
 * @param anomalies the farthest off first
 * @param more      how many there were beside those told
 */
record UsageAnomalies(
        Period period,
        Interval interval,
        @Nullable Dimension dimension,
        int judged,
        List<Anomaly> anomalies,
        int more) {

    enum Metric {
        SPEND,
        ERRORS;

        @JsonValue
        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param key      of the dimension
     * @param currency of spend
     * @param weeks    how many earlier weeks the band is made of
     * @param score    in deviations, negative below the band
     */
    record Anomaly(
            Metric metric,
            @Nullable String currency,
            @Nullable String key,
            Instant from,
            Instant to,
            BigDecimal value,
            BigDecimal median,
            BigDecimal low,
            BigDecimal high,
            int weeks,
            BigDecimal score,
            @Nullable String requestsLink) {}
}
