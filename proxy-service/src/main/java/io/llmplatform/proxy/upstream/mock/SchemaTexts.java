package io.llmplatform.proxy.upstream.mock;

import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Strings of a schema: by format, by the property's name from what the person said, else one that tells it is a mock's. */
final class SchemaTexts {
    private static final int MAX_LENGTH = 10_000;
    private static final int QUOTED = 80;
    private static final Set<String> PLACES =
            Set.of("city", "location", "place", "town", "country", "destination", "origin", "address", "region");
    private static final Set<String> SAYINGS =
            Set.of("query", "question", "text", "input", "message", "prompt", "search", "content", "topic", "q");

    private SchemaTexts() {}

    static String text(JsonNode schema, Hints hints, String name, int ordinal, String param) {
        var format = schema.path("format").asString("");
        var text = format.isEmpty() ? "" : formatted(format, ordinal);
        if (text.isEmpty()) {
            text = named(name, hints);
            text = ordinal == 0 ? text : text + " " + (ordinal + 1);
        }
        double min = schema.path("minLength").asDouble(0);
        double max = schema.path("maxLength").asDouble(MAX_LENGTH);
        if (min > MAX_LENGTH || max < min) {
            throw new MockRefusal(param, "The schema has bounds of length that no text of the mock fits.");
        }
        int missing = (int) Math.ceil(min) - text.codePointCount(0, text.length());
        return Words.first(missing > 0 ? text + ".".repeat(missing) : text, (int) Math.min(max, MAX_LENGTH));
    }

    private static String named(String name, Hints hints) {
        var words = Words.of(name.replaceAll("([a-z0-9])([A-Z])", "$1 $2"));
        if (words.stream().anyMatch(PLACES::contains)) {
            return hints.name().orElse("Shanghai");
        }
        if (words.stream().anyMatch(SAYINGS::contains) && !hints.text().isBlank()) {
            return Words.quote(hints.text(), QUOTED);
        }
        return "mock " + Words.quote(name, QUOTED).replace('_', ' ').strip().toLowerCase(Locale.ROOT);
    }

    /** Empty for a format that the mock does not know. */
    private static String formatted(String format, int ordinal) {
        int day = 1 + ordinal % 28;
        int number = ordinal % 250 + 1;
        return switch (format) {
            case "date-time" -> String.format(Locale.ROOT, "2025-01-%02dT12:00:00Z", day);
            case "date" -> String.format(Locale.ROOT, "2025-01-%02d", day);
            case "time" -> String.format(Locale.ROOT, "12:%02d:00Z", ordinal % 60);
            case "duration" -> "P" + day + "D";
            case "email" -> "mock" + number + "@example.com";
            case "hostname" -> "mock" + number + ".example.com";
            case "ipv4" -> "192.0.2." + number;
            case "ipv6" -> "2001:db8::" + Integer.toHexString(number);
            case "uri", "url", "iri", "uri-reference" -> "https://example.com/mock/" + number;
            case "uuid" -> String.format(Locale.ROOT, "00000000-0000-4000-8000-%012x", number);
            default -> "";
        };
    }
}
