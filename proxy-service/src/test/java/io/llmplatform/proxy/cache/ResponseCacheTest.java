package io.llmplatform.proxy.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.proxy.usage.Tokens;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ResponseCacheTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicLong nanos = new AtomicLong();
    private final MapTier tier = new MapTier();
    private final ResponseCache alone = cache(null);

    @Test
    void anEntryIsGivenUntilItsTimeIsOver() {
        var brief = answer(10);
        var lasting = answer(20);
        alone.store(key(1), brief, MINUTE);
        alone.store(key(2), lasting, MINUTE.multipliedBy(2));
        nanos.set(MINUTE.toNanos() - 1);
        assertThat(alone.find(key(1)).result()).isSameAs(brief);
        nanos.set(MINUTE.toNanos());
        assertThat(alone.find(key(1)).succeeded()).isTrue();
        assertThat(alone.find(key(1)).result()).isNull();
        assertThat(alone.find(key(2)).result()).isSameAs(lasting);
        assertThat(alone.hits()).isEqualTo(2);
        assertThat(alone.misses()).isEqualTo(2);
        assertThat(alone.stores()).isEqualTo(2);
    }

    @Test
    void aLaterAnswerReplacesAnEarlierOneAndItsTime() {
        alone.store(key(1), answer(10), Duration.ofHours(1));
        var later = answer(11);
        alone.store(key(1), later, MINUTE);
        assertThat(alone.find(key(1)).result()).isSameAs(later);
        nanos.set(MINUTE.toNanos());
        assertThat(alone.find(key(1)).result()).isNull();
    }

    @Test
    void memoryIsBounded() {
        for (int i = 0; i < 100; i++) {
            alone.store(key(i), answer(900), MINUTE);
        }
        assertThat(alone.bytes()).isBetween(1L, 10_000L);
        assertThat(alone.entries()).isBetween(5L, 8L);
        assertThat(alone.evictions()).isEqualTo(100 - alone.entries());
    }

    @Test
    void whatIsTooLargeOrHasNoTimeIsNotKept() {
        alone.store(key(1), answer(2000), MINUTE);
        alone.store(key(2), answer(1), Duration.ZERO);
        alone.store(key(3), answer(1), Duration.ofSeconds(-1));
        assertThat(alone.entries()).isZero();
        assertThat(alone.oversized()).isEqualTo(1);
        assertThat(alone.stores()).isZero();
    }

    @Test
    void theSecondTierAnswersForWhatMemoryHasNot() {
        var writer = cache(tier);
        var entry = answer(10);
        writer.store(key(1), entry, MINUTE);
        assertThat(tier.held).containsEntry(key(1), new CacheTier.Held(entry, NOW.plus(MINUTE)));

        var reader = cache(tier);
        assertThat(reader.find(key(1)).result()).isSameAs(entry);
        tier.held.clear();
        assertThat(reader.find(key(1)).result()).as("now in memory").isSameAs(entry);
        assertThat(reader.hits()).isEqualTo(2);
        assertThat(reader.find(key(2)).result()).isNull();
        assertThat(reader.misses()).isEqualTo(1);
    }

    @Test
    void whatComesFromTheSecondTierKeepsOnlyTheTimeItHasLeft() {
        var reader = cache(tier);
        tier.held.put(key(1), new CacheTier.Held(answer(10), NOW.plusSeconds(5)));
        tier.held.put(key(2), new CacheTier.Held(answer(10), NOW));
        tier.held.put(key(3), new CacheTier.Held(answer(5000), NOW.plusSeconds(5)));
        assertThat(reader.find(key(1)).result()).isNotNull();
        assertThat(reader.find(key(2)).result()).as("its time is over").isNull();
        assertThat(reader.find(key(3)).result()).as("too large here").isNull();
        tier.held.clear();
        nanos.set(Duration.ofSeconds(5).toNanos());
        assertThat(reader.find(key(1)).result()).isNull();
    }

    private ResponseCache cache(CacheTier second) {
        return new ResponseCache(new CacheSettings(10_000, 2000), Clock.fixed(NOW, ZoneOffset.UTC), nanos::get, second);
    }

    private static CacheKey key(long number) {
        return new CacheKey(number, 0, 0, 0);
    }

    private static WholeAnswer answer(int length) {
        return new WholeAnswer(new byte[length], Tokens.NONE, NOW);
    }

    private static final class MapTier implements CacheTier {
        final Map<CacheKey, Held> held = new HashMap<>();

        @Override
        public Future<Held> find(CacheKey key) {
            return Future.succeededFuture(held.get(key));
        }

        @Override
        public void store(CacheKey key, Held entry) {
            held.put(key, entry);
        }
    }
}
