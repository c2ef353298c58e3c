package io.llmplatform.proxy.cache;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries in Redis, which forgets them by itself. When it does not answer within 50 ms it is left alone for a second, so that
 * not every request waits for it in vain; meanwhile all is a miss and nothing is kept. Whoever may write to that Redis
 * may forge answers: it belongs to the platform alone.
 */
public final class RedisCacheTier implements CacheTier {
    private static final Logger LOG = LoggerFactory.getLogger(RedisCacheTier.class);
    private static final String PREFIX = "llm-platform:cache:1:";
    private static final Duration PATIENCE = Duration.ofMillis(50);
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MAX_STORES_UNDER_WAY = 32;
    private static final int MAX_VALUE_BYTES = 8 * 1024 * 1024;

    private final Redis redis;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Duration patience;
    private final AtomicInteger storing = new AtomicInteger();
    private final LongAdder failures = new LongAdder();
    private volatile boolean away;
    private volatile boolean refusing;
    private volatile long restUntil;

    private RedisCacheTier(Redis redis, Clock clock, LongSupplier nanos, Duration patience) {
        this.redis = redis;
        this.clock = clock;
        this.nanos = nanos;
        this.patience = patience;
    }

    /**
     * Does not connect yet.
     *
     * @param url   {@code redis[s]://[user:password@]host[:port][/database]}
     * @param nanos a monotonic clock, such as {@code System::nanoTime}
     * @throws IllegalArgumentException when the address is none
     */
    public static RedisCacheTier of(Vertx vertx, String url, Clock clock, LongSupplier nanos) {
        return of(vertx, url, clock, nanos, PATIENCE);
    }

    static RedisCacheTier of(Vertx vertx, String url, Clock clock, LongSupplier nanos, Duration patience) {
        var options = new RedisOptions()
                .setConnectionString(checked(url))
                .setMaxPoolSize(8)
                .setMaxPoolWaiting(256)
                .setMaxStringLength(MAX_VALUE_BYTES)
                .setPoolName("cache-redis")
                // A connection into nowhere is given up after 30 s instead of TCP's quarter of an hour.
                .setNetClientOptions(
                        new NetClientOptions().setConnectTimeout(1000).setIdleTimeout(30));
        return new RedisCacheTier(Redis.createClient(vertx, options), clock, nanos, patience);
    }

    @Override
    public Future<@Nullable Held> find(CacheKey key) {
        if (resting()) {
            return Future.succeededFuture();
        }
        return redis.send(Request.cmd(Command.GET).arg(PREFIX + key.hex()))
                .timeout(patience)
                .map(this::answered)
                .otherwise(this::failed);
    }

    @Override
    public void store(CacheKey key, Held held) {
        long millis = Duration.between(clock.instant(), held.until()).toMillis();
        if (millis <= 0 || away) {
            return;
        }
        if (storing.incrementAndGet() > MAX_STORES_UNDER_WAY) {
            storing.decrementAndGet();
            return;
        }
        var set = Request.cmd(Command.SET)
                .arg(PREFIX + key.hex())
                .arg(EntryCodec.encode(held))
                .arg("PX")
                .arg(millis);
        // No time limit here: a value counts as under way until its bytes are really free again.
        redis.send(set).onComplete(result -> {
            storing.decrementAndGet();
            stored(result.cause());
        });
    }

    /** How often it did not answer, or not in time, or with an error. */
    public long failures() {
        return failures.sum();
    }

    public Future<Void> close() {
        return redis.close();
    }

    private @Nullable Held answered(@Nullable Response response) {
        present();
        return response == null ? null : EntryCodec.decode(response.toBytes());
    }

    private void present() {
        if (away) {
            away = false;
            LOG.info("the cache's Redis answers again");
        }
    }

    private @Nullable Held failed(Throwable cause) {
        failures.increment();
        restUntil = nanos.getAsLong() + REST_NANOS;
        if (!away) {
            away = true;
            // Only its type: the message may carry the address with its password.
            LOG.warn(
                    "the cache's Redis does not answer ({}); going on without",
                    cause.getClass().getSimpleName());
        }
        return null;
    }

    /** A Redis that is full or read-only may still answer, so this alone is no reason to leave it alone. */
    private void stored(@Nullable Throwable refusal) {
        if (refusal != null) {
            failures.increment();
            if (!refusing) {
                LOG.warn(
                        "the cache's Redis keeps nothing ({})",
                        refusal.getClass().getSimpleName());
            }
        }
        refusing = refusal != null;
    }

    private boolean resting() {
        if (!away) {
            return false;
        }
        long now = nanos.getAsLong();
        boolean resting = now - restUntil < 0;
        if (!resting) {
            restUntil = now + REST_NANOS; // One request tries; the others go on without until it knows.
        }
        return resting;
    }

    private static String checked(String url) {
        try {
            var uri = URI.create(url);
            if (("redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme())) && uri.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Falls through: its message would carry the password.
        }
        throw new IllegalArgumentException("REDIS_URL: expected redis[s]://[user:password@]host[:port][/database]");
    }
}
