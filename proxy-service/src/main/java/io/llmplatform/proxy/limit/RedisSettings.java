package io.llmplatform.proxy.limit;

import java.time.Duration;

/**
 * @param url      such as {@code redis://:password@host:6379/0}
 * @param deadline an answer that takes longer counts as none
 * @param lease    after this long a request under way is taken for one of a gateway that died, and stops counting;
 *                 longer than any request may take
 */
public record RedisSettings(String url, Duration deadline, Duration lease) {
    public static RedisSettings at(String url) {
        return new RedisSettings(url, Duration.ofMillis(50), Duration.ofMinutes(15));
    }
}
