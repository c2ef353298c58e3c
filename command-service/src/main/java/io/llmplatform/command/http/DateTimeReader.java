package io.llmplatform.command.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/** RFC 3339 date-times with an offset, years 1 to 9999. Jackson's own reader takes numbers too. */
final class DateTimeReader extends ValueDeserializer<Instant> {
    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (Instant) context.handleUnexpectedToken(context.constructType(Instant.class), parser);
        }
        var text = parser.getString();
        try {
            var at = OffsetDateTime.parse(text);
            if (at.getYear() >= 1 && at.getYear() <= 9999) {
                return at.toInstant();
            }
        } catch (DateTimeException e) {
            // Told below, without the value.
        }
        return (Instant) context.handleWeirdStringValue(Instant.class, "", "not a date-time");
    }
}
