package io.llmplatform.proxy.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.llmplatform.proxy.RedisServer;
import io.llmplatform.proxy.cache.CacheTier.Held;
import io.llmplatform.proxy.usage.Tokens;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisCacheTierIT {
    /** A busy machine must not look like a slow Redis where that is not what the test is about. */
    private static final Duration PATIENT = Duration.ofSeconds(10);

    private static final CacheKey KEY = new CacheKey(1, 2, 3, 4);
    private static final String NAME =
            "llm-platform:cache:1:0000000000000001000000000000000200000000000000030000000000000004";

    private static RedisServer server;
    private static Vertx vertx;
    private static Redis direct;

    private final AtomicLong nanos = new AtomicLong();
    private RedisCacheTier tier;

    @BeforeAll
    static void startServer() throws Exception {
        server = RedisServer.start();
        vertx = Vertx.vertx();
        direct = Redis.createClient(vertx, server.url());
    }

    @AfterAll
    static void endServer() {
        vertx.close().await();
        server.close();
    }

    @BeforeEach
    void connect() {
        send(Request.cmd(Command.FLUSHALL));
        tier = tier(PATIENT);
    }

    @AfterEach
    void disconnect() {
        tier.close().await();
    }

    @Test
    void whatOneGatewayKeepsAnotherFinds() {
        var held = held(Duration.ofMinutes(1));
        tier.store(KEY, held);
        var other = tier(PATIENT);
        await().untilAsserted(
                        () -> assertThat(find(other)).usingRecursiveComparison().isEqualTo(held));
        assertThat(tier.find(new CacheKey(9, 9, 9, 9)).await()).isNull();
        assertThat(send(Request.cmd(Command.PTTL).arg(NAME)).toLong()).isBetween(1L, 60_000L);
        assertThat(tier.failures()).isZero();
        other.close().await();
    }

    @Test
    void redisForgetsByItself() {
        tier.store(KEY, held(Duration.ofMillis(200)));
        await().until(() -> send(Request.cmd(Command.EXISTS).arg(NAME)).toInteger() == 1);
        await().until(() -> send(Request.cmd(Command.EXISTS).arg(NAME)).toInteger() == 0);
        tier.store(KEY, held(Duration.ofMillis(-1)));
        assertThat(find(tier)).isNull();
    }

    @Test
    void valuesThatAreNotOursAreMisses() {
        send(Request.cmd(Command.SET).arg(NAME).arg("something else"));
        assertThat(find(tier)).isNull();
        assertThat(tier.failures()).isZero();
        send(Request.cmd(Command.DEL).arg(NAME));
        send(Request.cmd(Command.LPUSH).arg(NAME).arg("a list"));
        assertThat(find(tier)).isNull();
        assertThat(tier.failures()).isEqualTo(1);
    }

    @Test
    void aSlowRedisIsAMissAndThenLeftAlone() {
        tier.store(KEY, held(Duration.ofMinutes(1)));
        await().until(() -> find(tier) != null);
        send(Request.cmd(Command.CLIENT).arg("PAUSE").arg(3000).arg("ALL"));
        tier.close().await();
        tier = RedisCacheTier.of(vertx, server.url(), Clock.systemUTC(), nanos::get);
        long began = System.nanoTime();
        assertThat(find(tier)).isNull();
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isBetween(45L, 2500L);
        assertThat(tier.failures()).isEqualTo(1);
        assertThat(tier.find(KEY).isComplete()).as("at rest").isTrue();
        tier.store(KEY, held(Duration.ofMinutes(1)));
        assertThat(tier.failures()).isEqualTo(1);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        var probe = tier.find(KEY);
        assertThat(probe.isComplete()).as("one asks").isFalse();
        assertThat(tier.find(KEY).isComplete()).as("the others do not wait").isTrue();
        assertThat(probe.await()).isNull();
        backAgain();
    }

    @Test
    void aKilledRedisIsAMissUntilItIsBack() throws Exception {
        tier.store(KEY, held(Duration.ofMinutes(1)));
        await().until(() -> find(tier) != null);
        server.kill();
        assertThat(find(tier)).isNull();
        tier.store(KEY, held(Duration.ofMinutes(1)));
        assertThat(tier.failures()).isPositive();
        server.restart();
        backAgain();
    }

    @Test
    void aFullRedisStillAnswers() {
        tier.store(KEY, held(Duration.ofMinutes(1)));
        await().until(() -> find(tier) != null);
        send(Request.cmd(Command.CONFIG).arg("SET").arg("maxmemory").arg("1"));
        try {
            tier.store(new CacheKey(5, 5, 5, 5), held(Duration.ofMinutes(1)));
            await().until(() -> tier.failures() == 1);
            assertThat(find(tier)).isNotNull();
        } finally {
            send(Request.cmd(Command.CONFIG).arg("SET").arg("maxmemory").arg("0"));
        }
    }

    @Test
    void anAddressThatIsNoneIsToldWithoutItsPassword() {
        for (var url :
                new String[] {"", "localhost:6379", "http://u:secret@h:1", "redis://u:sec ret@h", "redis:///1"}) {
            assertThatThrownBy(() -> RedisCacheTier.of(vertx, url, Clock.systemUTC(), () -> 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("REDIS_URL: expected redis[s]://[user:password@]host[:port][/database]")
                    .hasNoCause();
        }
    }

    private void backAgain() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
            tier.store(KEY, held(Duration.ofMinutes(1)));
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
            assertThat(find(tier)).isNotNull();
        });
    }

    private RedisCacheTier tier(Duration patience) {
        return RedisCacheTier.of(vertx, server.url(), Clock.systemUTC(), nanos::get, patience);
    }

    private static Held find(RedisCacheTier tier) {
        return tier.find(KEY).await();
    }

    private static Response send(Request request) {
        return direct.send(request).await();
    }

    private static Held held(Duration ttl) {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var recording = new StreamRecording(
                "{\"é\":1}[DONE]".getBytes(UTF_8), new int[] {8, 14}, new Tokens(5, 6, 0, 1, false), now);
        return new Held(recording, now.plus(ttl));
    }
}
