package io.llmplatform.proxy.limit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is left of the limits a minute: of each, that of the subject with the least left.
 *
 * @param requests absent when unlimited
 * @param tokens   absent when unlimited
 */
public record RateState(@Nullable Rate requests, @Nullable Rate tokens) {
    /** @param reset until all of the limit is there again, if nothing else came */
    public record Rate(long limit, long remaining, Duration reset) {}

    /** The {@code x-ratelimit-*} headers as OpenAI names them. */
    public Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        put(headers, "requests", requests);
        put(headers, "tokens", tokens);
        return headers;
    }

    private static void put(Map<String, String> headers, String what, @Nullable Rate rate) {
        if (rate != null) {
            headers.put("x-ratelimit-limit-" + what, Long.toString(rate.limit));
            headers.put("x-ratelimit-remaining-" + what, Long.toString(rate.remaining));
            headers.put("x-ratelimit-reset-" + what, GoDuration.format(rate.reset));
        }
    }
}
