package io.llmplatform.proxy.upstream.mock;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * How fast the mock talks, from its provider's base URL such as {@code mock:?first_token_ms=40&token_ms=8}. What is absent
 * or no number between 0 and 60,000 is the default.
 */
record MockTiming(long firstTokenMillis, long tokenMillis) {
    private static final long DEFAULT_FIRST = 40;
    private static final long DEFAULT_EACH = 8;
    private static final long MAX = 60_000;

    static MockTiming of(String baseUrl) {
        return new MockTiming(
                setting(baseUrl, "first_token_ms", DEFAULT_FIRST), setting(baseUrl, "token_ms", DEFAULT_EACH));
    }

    private static long setting(String baseUrl, String name, long otherwise) {
        int query = baseUrl.indexOf('?');
        Stream<String> pairs = query < 0
                ? Stream.empty()
                : Arrays.stream(baseUrl.substring(query + 1).split("&", -1));
        return pairs.filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .filter(value -> value.matches("\\d{1,5}"))
                .map(Long::parseLong)
                .filter(value -> value <= MAX)
                .findFirst()
                .orElse(otherwise);
    }
}
