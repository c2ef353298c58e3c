package io.llmplatform.proxy.limit;

import java.time.Duration;

/** Durations as Go prints them, which is how OpenAI writes {@code x-ratelimit-reset-*}: {@code 12ms}, {@code 1.5s}, {@code 6m0s}. */
public final class GoDuration {
    private GoDuration() {}

    /** To the millisecond, rounded up; {@code 0s} for nothing and less. */
    public static String format(Duration duration) {
        long millis = duration.plusNanos(999_999).toMillis();
        if (millis <= 0) {
            return "0s";
        }
        if (millis < 1000) {
            return millis + "ms";
        }
        var out = new StringBuilder();
        long minutes = millis / 60_000;
        if (minutes >= 60) {
            out.append(minutes / 60).append('h');
        }
        if (minutes > 0) {
            out.append(minutes % 60).append('m');
        }
        out.append(millis % 60_000 / 1000);
        long fraction = millis % 1000;
        if (fraction > 0) {
            out.append('.').append("%03d".formatted(fraction).replaceFirst("0+$", ""));
        }
        return out.append('s').toString();
    }
}
