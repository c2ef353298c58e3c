package io.llmplatform.proxy.cache;

import io.llmplatform.proxy.usage.Tokens;
import java.time.Instant;

/** @param body JSON, as the client got it */
public record WholeAnswer(byte[] body, Tokens tokens, Instant storedAt) implements CacheEntry {
    private static final int OVERHEAD = 160;

    @Override
    public int weight() {
        return body.length + OVERHEAD;
    }
}
