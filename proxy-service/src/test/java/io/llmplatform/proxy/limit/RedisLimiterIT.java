package io.llmplatform.proxy.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.contracts.policy.Budget.Period;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.proxy.RedisServer;
import io.llmplatform.proxy.limit.Admission.Denied;
import io.llmplatform.proxy.limit.Admission.Granted;
import io.llmplatform.proxy.limit.Subject.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract on a real Redis, and what happens between gateways and when Redis is away. */
class RedisLimiterIT extends LimiterContract {
    private static final Duration LEASE = Duration.ofMinutes(15);

    /** Of this machine nothing is asked but that it answers at all. */
    private static final Duration PATIENT = Duration.ofSeconds(10);

    private static Vertx vertx;
    private static RedisServer redis;

    private final List<RedisLimiter> open = new ArrayList<>();
    private final List<Boolean> told = new CopyOnWriteArrayList<>();
    private final SpendLedger otherLedger = new SpendLedger("ledger_2", 1000);
    private RedisLimiter limiter;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        redis = RedisServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        redis.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @BeforeEach
    void connect() throws Exception {
        redis.say("FLUSHALL");
        limiter = gateway(ledger, PATIENT);
        told.clear();
    }

    @AfterEach
    void disconnect() {
        open.forEach(RedisLimiter::close);
    }

    @Override
    Limiter limiter() {
        return limiter;
    }

    @Test
    void gatewaysShareWhatIsAMinuteAndAtATime() throws Exception {
        var other = gateway(otherLedger, PATIENT);
        var subjects = List.of(key(3L, 100L, 2));
        var first = granted(subjects, 30, "0");
        var second = (Granted) admit(other, demand(subjects, 30, "0"));
        assertThat(second.rates().tokens().remaining()).isEqualTo(40);
        assertThat(denied(subjects, 30, "0").reason()).isEqualTo(Reason.CONCURRENCY);
        second.reservation().settle(5, BigDecimal.ZERO);
        await().until(() ->
                admit(other, demand(subjects, 66, "0")) instanceof Denied denied && denied.reason() == Reason.TOKENS);
        var third = (Granted) admit(other, demand(subjects, 65, "0"));
        assertThat(third.rates().requests().remaining()).isZero();
        first.reservation().settle(1, BigDecimal.ZERO);
        assertThat(denied(subjects, 1, "0").reason()).isEqualTo(Reason.REQUESTS);
    }

    @Test
    void of200CallersAtTwoGatewaysExactlyTheAllowedPass() throws Exception {
        var other = gateway(otherLedger, PATIENT);
        var minute = List.of(key(100L, null, null));
        assertThat(passedAtBoth(other, minute, "0")).isEqualTo(100);
        var money = List.of(new Subject(Kind.TEAM, "team_1", null, List.of(budget(Period.DAY, "30", "USD"))));
        assertThat(passedAtBoth(other, money, "1")).isEqualTo(30);
    }

    @Test
    void gatewaysShareASpentBudget() throws Exception {
        var other = gateway(otherLedger, PATIENT);
        var subjects = List.of(spender(budget(Period.MONTH, "10", "USD")));
        spend(subjects, "6");
        await().until(() -> admit(other, demand(subjects, 1, "4.1")) instanceof Denied);
        var granted = (Granted) admit(other, demand(subjects, 1, "4"));
        denied(subjects, 1, "0.1");
        granted.reservation().settle(1, new BigDecimal("1"));
        await().until(() -> admit(demand(subjects, 1, "3.1")) instanceof Denied);
        granted(subjects, 1, "3");
    }

    @Test
    void aGatewayThatDiedHoldsNothingForEver() throws Exception {
        var subjects = List.of(
                new Subject(Kind.KEY, "key_1", new Limits(null, null, 1), List.of(budget(Period.TOTAL, "1", "USD"))));
        var other = gateway(otherLedger, PATIENT);
        admit(other, demand(subjects, 1, "1"));
        denied(subjects, 1, "1");
        clock.advance(LEASE.plusMillis(1));
        granted(subjects, 1, "1");
    }

    @Test
    void withoutRedisTheLocalCountersGoOnAtOnceAndSharingComesBack() throws Exception {
        var subjects = List.of(
                new Subject(Kind.KEY, "key_1", new Limits(3L, null, null), List.of(budget(Period.TOTAL, "10", "USD"))));
        spend(subjects, "6");
        redis.kill();
        try {
            await().until(() -> !limiter.isShared());
            assertThat(denied(subjects, 1, "5").reason()).isEqualTo(Reason.BUDGET);
            spend(subjects, "1");
            spend(subjects, "1");
            assertThat(denied(subjects, 1, "1").reason()).isEqualTo(Reason.REQUESTS);
        } finally {
            redis.restart();
        }
        await().until(limiter::isShared);
        assertThat(told).containsExactly(false, true);
        // That Redis knows nothing: what is spent comes from here, and reaches the other gateway.
        denied(subjects, 1, "2.1");
        var other = gateway(otherLedger, PATIENT);
        assertThat(((Denied) admit(other, demand(subjects, 1, "2.1"))).reason()).isEqualTo(Reason.BUDGET);
        assertThat(admit(other, demand(subjects, 1, "2"))).isInstanceOf(Granted.class);
    }

    @Test
    void aRedisThatHangsCostsOneDeadlineAndLeavesNothingBehind() throws Exception {
        var hasty = gateway(ledger, Duration.ofMillis(50));
        await().until(() -> hasty.isShared()
                && admit(hasty, demand(List.of(team(9999L, null, null)), 1, "0")) != null
                && hasty.isShared());
        var subjects = List.of(key(null, null, 1));
        redis.pause();
        try {
            var since = System.nanoTime();
            var granted = (Granted) admit(hasty, demand(subjects, 1, "0"));
            assertThat(Duration.ofNanos(System.nanoTime() - since))
                    .isBetween(Duration.ofMillis(40), Duration.ofSeconds(2));
            assertThat(hasty.isShared()).isFalse();
            assertThat(hasty.admit(demand(subjects, 1, "0")).result()).isInstanceOf(Denied.class);
            granted.reservation().settle(1, BigDecimal.ZERO);
        } finally {
            redis.resume();
        }
        await().until(hasty::isShared);
        // The reservation that Redis may have made too late is undone.
        await().until(() -> admit(hasty, demand(subjects, 1, "0")) instanceof Granted);
    }

    @Test
    void settlementsThatRedisMissedArriveLater() throws Exception {
        var subjects = List.of(key(null, null, 1));
        var granted = granted(subjects, 1, "0");
        redis.pause();
        try {
            granted.reservation().settle(1, BigDecimal.ZERO);
        } finally {
            redis.resume();
        }
        await().until(() -> admit(demand(subjects, 1, "0")) instanceof Granted);
    }

    @Test
    void settlementsOwedSurviveALinkThatFailsAgain() throws Exception {
        var hasty = gateway(ledger, Duration.ofMillis(500));
        var subjects = List.of(key(null, null, 200));
        var granted = new ArrayList<Granted>();
        for (int i = 0; i < 200; i++) {
            granted.add((Granted) admit(hasty, demand(subjects, 1, "0")));
        }
        var running = "ZCARD {llm-platform}:limit:KEY:key_1:running";
        assertThat(redis.say(running)).isEqualTo(":200\r\n");
        told.clear();
        // Connecting goes well, scripts get no answer.
        redis.say("CLIENT PAUSE 60000 WRITE");
        try {
            granted.forEach(each -> each.reservation().settle(1, BigDecimal.ZERO));
            await().atMost(Duration.ofSeconds(30)).until(() -> told.size() >= 3);
        } finally {
            redis.say("CLIENT UNPAUSE");
        }
        assertThat(told).startsWith(false, true, false);
        await().atMost(Duration.ofSeconds(30)).until(() -> redis.say(running).equals(":0\r\n"));
    }

    @Test
    void lostScriptsAreLoadedAgain() throws Exception {
        redis.say("SCRIPT FLUSH");
        granted(List.of(key(1L, null, null)), 1, "0");
        await().until(() -> told.equals(List.of(false, true)));
        granted(List.of(key(10L, null, null)), 1, "0");
        assertThat(limiter.isShared()).isTrue();
    }

    @Test
    void everyKeyExpires() throws Exception {
        var subject = new Subject(
                Kind.KEY,
                "key_1",
                new Limits(5L, 50L, 5),
                List.of(
                        budget(Period.DAY, "1", "USD"),
                        budget(Period.MONTH, "1", "USD"),
                        budget(Period.TOTAL, "1", "USD")));
        granted(List.of(subject), 5, "0.1");
        granted(List.of(subject), 5, "0.1").reservation().settle(3, new BigDecimal("0.2"));
        denied(List.of(subject), 500, "5");
        assertThat(redis.say("DBSIZE")).isEqualTo(":8\r\n");
        assertThat(
                        redis.say(
                                "EVAL \"for _,k in ipairs(redis.call('KEYS','*')) do if redis.call('PTTL',k)<=0 then return k end end return 'none'\" 0"))
                .isEqualTo("$4\r\nnone\r\n");
    }

    @Test
    void theAnswerComesOnTheCallersEventLoop() throws Exception {
        var same = new CompletableFuture<Boolean>();
        vertx.runOnContext(ignored -> {
            var caller = Thread.currentThread();
            limiter.admit(demand(List.of(key(1L, null, null)), 1, "0"))
                    .onComplete(done -> same.complete(Thread.currentThread() == caller));
        });
        assertThat(same.get(10, TimeUnit.SECONDS)).isTrue();
    }

    private long passedAtBoth(RedisLimiter other, List<Subject> subjects, String cost) throws Exception {
        var calls = new ArrayList<Future<Admission>>();
        for (int i = 0; i < 100; i++) {
            calls.add(limiter.admit(demand(subjects, 1, cost)));
            calls.add(other.admit(demand(subjects, 1, cost)));
        }
        Future.all(calls).await(30, TimeUnit.SECONDS);
        return calls.stream().filter(call -> call.result() instanceof Granted).count();
    }

    private RedisLimiter gateway(SpendLedger by, Duration deadline) {
        var settings = new RedisSettings(redis.url(), deadline, LEASE);
        var gateway = new RedisLimiter(vertx, settings, new LocalLimiter(clock, by), by, clock, told::add);
        open.add(gateway);
        gateway.start();
        await().until(gateway::isShared);
        return gateway;
    }

    private static Admission admit(RedisLimiter at, Demand demand) throws Exception {
        return at.admit(demand).toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
