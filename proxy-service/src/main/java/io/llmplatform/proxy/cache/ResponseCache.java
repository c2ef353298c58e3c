package io.llmplatform.proxy.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Answers kept by key, in memory of bounded size and, where there is one, in a second tier that other gateways share. An
 * answer found there is kept in memory for the time it has left. For all threads.
 */
public final class ResponseCache {
    private static final int KEY_BYTES = 128;

    private final CacheSettings settings;
    private final Clock clock;
    private final @Nullable CacheTier second;
    private final Cache<CacheKey, Kept> memory;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder stores = new LongAdder();
    private final LongAdder oversized = new LongAdder();
    private final LongAdder evictions = new LongAdder();

    private record Kept(CacheEntry entry, long nanos) {}

    /** @param ticker what ages the entries in memory, such as {@link Ticker#systemTicker()} */
    public ResponseCache(CacheSettings settings, Clock clock, Ticker ticker, @Nullable CacheTier second) {
        this.settings = settings;
        this.clock = clock;
        this.second = second;
        this.memory = Caffeine.newBuilder()
                .maximumWeight(settings.maxBytes())
                .weigher((CacheKey key, Kept kept) -> kept.entry.weight() + KEY_BYTES)
                .expireAfter(Expiry.<CacheKey, Kept>writing((key, kept) -> Duration.ofNanos(kept.nanos)))
                .evictionListener((key, kept, cause) -> evictions.increment())
                .ticker(ticker)
                // Its upkeep is a few steps per access: cheaper here than handed to another thread.
                .executor(Runnable::run)
                .build();
    }

    /** Complete on return when it is in memory or there is no second tier; never fails. */
    public Future<@Nullable CacheEntry> find(CacheKey key) {
        var kept = memory.getIfPresent(key);
        if (kept != null) {
            hits.increment();
            return Future.succeededFuture(kept.entry);
        }
        if (second == null) {
            misses.increment();
            return Future.succeededFuture();
        }
        return second.find(key).map(held -> arrived(key, held));
    }

    /** Does nothing with an entry that is too large; a later one replaces an earlier one. */
    public void store(CacheKey key, CacheEntry entry, Duration ttl) {
        if (ttl.isNegative() || ttl.isZero()) {
            return;
        }
        if (entry.weight() > settings.maxEntryBytes()) {
            oversized.increment();
            return;
        }
        stores.increment();
        memory.put(key, new Kept(entry, ttl.toNanos()));
        if (second != null) {
            second.store(key, new CacheTier.Held(entry, clock.instant().plus(ttl)));
        }
    }

    private @Nullable CacheEntry arrived(CacheKey key, CacheTier.@Nullable Held held) {
        var left = held == null ? Duration.ZERO : Duration.between(clock.instant(), held.until());
        if (held == null || left.isNegative() || left.isZero() || held.entry().weight() > settings.maxEntryBytes()) {
            misses.increment();
            return null;
        }
        memory.asMap().putIfAbsent(key, new Kept(held.entry(), left.toNanos()));
        hits.increment();
        return held.entry();
    }

    /** Both tiers together. */
    public long hits() {
        return hits.sum();
    }

    public long misses() {
        return misses.sum();
    }

    public long stores() {
        return stores.sum();
    }

    /** Answers not kept because of their size. */
    public long oversized() {
        return oversized.sum();
    }

    /** Entries that left memory because it was full or because they were too old. */
    public long evictions() {
        return evictions.sum();
    }

    /** Entries in memory, about. */
    public long entries() {
        return memory.estimatedSize();
    }

    /** What they weigh, about. */
    public long bytes() {
        return memory.policy().eviction().orElseThrow().weightedSize().orElse(0);
    }
}
