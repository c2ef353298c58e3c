package io.llmplatform.proxy.upstream.mock;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * How fast the mock talks and how it fails, from its provider's base URL such as
 * {@code mock:?first_token_ms=40&token_ms=8&fail_rate=10&fail_status=429&retry_after=2}. What is absent or out of range is
 * the default: no failures.
 *
 * @param firstTokenMillis until the first token, 0 to 60,000
 * @param tokenMillis      between two tokens, 0 to 60,000
 * @param failRate         calls of a hundred that are answered with {@code failStatus} instead
 * @param failStatus       400 to 599
 * @param retryAfter       seconds, told with each such failure; negative when it is not told
 * @param stallAfter       tokens after which nothing comes any more; {@link #NEVER} when it always goes on
 * @param breakAfter       tokens after which the connection breaks; {@link #NEVER} when it always holds
 */
record MockSettings(
        long firstTokenMillis,
        long tokenMillis,
        int failRate,
        int failStatus,
        int retryAfter,
        int stallAfter,
        int breakAfter) {
    static final int NEVER = Integer.MAX_VALUE;
    private static final int MAX_MILLIS = 60_000;

    static MockSettings of(String baseUrl) {
        return new MockSettings(
                setting(baseUrl, "first_token_ms", 0, MAX_MILLIS, 40),
                setting(baseUrl, "token_ms", 0, MAX_MILLIS, 8),
                setting(baseUrl, "fail_rate", 0, 100, 0),
                setting(baseUrl, "fail_status", 400, 599, 500),
                setting(baseUrl, "retry_after", 0, 86_400, -1),
                setting(baseUrl, "stall_after", 0, 99_999, NEVER),
                setting(baseUrl, "break_after", 0, 99_999, NEVER));
    }

    private static int setting(String baseUrl, String name, int min, int max, int otherwise) {
        int query = baseUrl.indexOf('?');
        Stream<String> pairs = query < 0
                ? Stream.empty()
                : Arrays.stream(baseUrl.substring(query + 1).split("&", -1));
        return pairs.filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .filter(value -> value.matches("\\d{1,5}"))
                .map(Integer::parseInt)
                .filter(value -> value >= min && value <= max)
                .findFirst()
                .orElse(otherwise);
    }
}
