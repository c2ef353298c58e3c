package io.llmplatform.query.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Instants in parameters. */
public final class Instants {
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private Instants() {}

    /**
     * An RFC 3339 date-time. A space stands for the plus sign that a client forgot to escape.
     *
     * @throws DateTimeException when it is none, or out of what can be stored
     */
    public static Instant parse(String text) {
        var instant = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new DateTimeException(text);
        }
        return instant;
    }
}
