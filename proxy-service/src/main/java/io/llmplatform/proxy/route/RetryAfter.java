package io.llmplatform.proxy.route;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** When a provider wants to be asked again, by its headers. */
public final class RetryAfter {
    /** What is longer is cut: nobody waits that long, and sums stay in range. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /**
     * {@code retry-after-ms} where it makes sense, else {@code Retry-After} in seconds (fractions allowed) or as an HTTP date.
     *
     * @param now wall-clock time
     * @return zero to one day; null when there is none that makes sense
     */
    public static @Nullable Duration parse(Ask.Headers headers, Instant now) {
        var millis = number(headers.get("retry-after-ms"), 1);
        if (millis != null) {
            return millis;
        }
        var header = headers.get("retry-after");
        var seconds = number(header, 1000);
        return seconds != null || header == null ? seconds : date(header.strip(), now);
    }

    private static @Nullable Duration number(@Nullable String text, int millisEach) {
        // Double.parseDouble alone would take NaN, Infinity, 0x1p3 and 5d too.
        if (text == null || !text.strip().matches("[0-9]{1,15}(\\.[0-9]{1,9})?")) {
            return null;
        }
        double millis = Math.ceil(Double.parseDouble(text.strip()) * millisEach);
        return Duration.ofMillis((long) Math.min(millis, LONGEST.toMillis()));
    }

    private static @Nullable Duration date(String text, Instant now) {
        try {
            var at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            var wait = Duration.between(now, at);
            return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
