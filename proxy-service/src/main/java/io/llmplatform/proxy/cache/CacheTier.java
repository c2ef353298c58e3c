package io.llmplatform.proxy.cache;

import io.vertx.core.Future;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something behind the memory that several gateways share. Never fails: what goes wrong is a miss. */
public interface CacheTier {
    Future<@Nullable Held> find(CacheKey key);

    /** In the background; may be dropped. */
    void store(CacheKey key, Held held);

    /** @param until from this moment on it is not given any more */
    record Held(CacheEntry entry, Instant until) {}
}
