package io.llmplatform.proxy.cache;

import io.llmplatform.proxy.usage.Tokens;
import java.time.Duration;
import java.time.Instant;

/** An answer with status 200 that was given once. Its bytes are shared between requests: nobody may change them. */
public sealed interface CacheEntry permits WholeAnswer, StreamRecording {
    /** As they were used when the answer was made; given again, it costs nothing. */
    Tokens tokens();

    Instant storedAt();

    /** Bytes of memory, about. */
    int weight();

    /** For the {@code age} header: whole seconds, never negative. */
    default long age(Instant now) {
        return Math.max(0, Duration.between(storedAt(), now).toSeconds());
    }
}
