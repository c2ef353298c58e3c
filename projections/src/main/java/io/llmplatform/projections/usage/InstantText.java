package io.llmplatform.projections.usage;

import java.time.Instant;
import java.time.LocalDate;

/** ISO-8601 instants in the one form that the gateway writes: {@code 2026-11-22T10:00:00.123456789Z}. */
final class InstantText {
    private static final int UP_TO_SECONDS = 19;
    private static final int NANO_DIGITS = 9;

    private InstantText() {}

    /** @throws UsageScan.Unusual when it is of another form */
    static Instant parse(String text) {
        int length = text.length();
        if (length <= UP_TO_SECONDS
                || length > UP_TO_SECONDS + 2 + NANO_DIGITS
                || text.charAt(length - 1) != 'Z'
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            throw new UsageScan.Unusual();
        }
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        if (hour > 23 || minute > 59 || second > 59) {
            throw new UsageScan.Unusual();
        }
        long days = LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10))
                .toEpochDay();
        return Instant.ofEpochSecond(((days * 24 + hour) * 60 + minute) * 60 + second, nanos(text, length - 1));
    }

    private static int nanos(String text, int end) {
        if (end == UP_TO_SECONDS) {
            return 0;
        }
        if (text.charAt(UP_TO_SECONDS) != '.' || end == UP_TO_SECONDS + 1) {
            throw new UsageScan.Unusual();
        }
        int nanos = digits(text, UP_TO_SECONDS + 1, end);
        for (int i = end - UP_TO_SECONDS - 1; i < NANO_DIGITS; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new UsageScan.Unusual();
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
