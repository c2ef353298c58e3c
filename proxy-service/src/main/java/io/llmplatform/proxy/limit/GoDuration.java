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
            fraction(out.append('.'), fraction);
        }
        return out.append('s').toString();
    }

    /** Thousandths without the zeros at the end: a formatter takes a hundred times as long, and this is in every answer. */
    private static void fraction(StringBuilder out, long thousandths) {
        long rest = thousandths;
        for (long unit = 100; rest > 0; unit /= 10) {
            out.append((char) ('0' + rest / unit));
            rest %= unit;
        }
    }
}
