package io.llmplatform.proxy.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Budget.Period;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.proxy.DrivenClock;
import io.llmplatform.proxy.limit.Admission.Denied;
import io.llmplatform.proxy.limit.Admission.Granted;
import io.llmplatform.proxy.limit.RateState.Rate;
import io.llmplatform.proxy.limit.Subject.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every limiter does, wherever it counts. */
abstract class LimiterContract {
    final DrivenClock clock = new DrivenClock();
    final SpendLedger ledger = new SpendLedger("ledger_1", 1000);
    private final AtomicInteger requests = new AtomicInteger();

    /** Counts by {@link #clock} and {@link #ledger}; nothing is counted yet. */
    abstract Limiter limiter();

    @Test
    void of200ConcurrentCallersOn100AMinuteExactly100Pass() throws Exception {
        var subjects = List.of(key(100L, null, null), team(1000L, null, null));
        var passed = new AtomicInteger();
        var go = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 200; i++) {
                calls.add(() -> {
                    go.await();
                    if (admit(demand(subjects, 1, "0")) instanceof Granted granted) {
                        passed.incrementAndGet();
                        granted.reservation().settle(1, BigDecimal.ZERO);
                    }
                    return null;
                });
            }
            var running = calls.stream().map(threads::submit).toList();
            go.countDown();
            for (var call : running) {
                call.get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(passed).hasValue(100);
        assertThat(denied(subjects, 1, "0").reason()).isEqualTo(Reason.REQUESTS);
    }

    @Test
    void notTwiceTheLimitAroundTheEndsOfAMinute() throws Exception {
        var subjects = List.of(key(100L, 1000L, null));
        clock.advance(Duration.ofMillis(999));
        for (int i = 0; i < 100; i++) {
            granted(subjects, 10, "0");
        }
        clock.advance(Duration.ofMillis(59_001));
        assertThat(denied(subjects, 10, "0").retryAfter()).isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofMillis(999));
        denied(subjects, 10, "0");
        clock.advance(Duration.ofMillis(1));
        granted(subjects, 10, "0");
    }

    @Test
    void noSixtySecondsEverSeeMoreThanTheLimit() throws Exception {
        var subjects = List.of(key(7L, null, null));
        var random = new Random(42);
        var passed = new ArrayList<Long>();
        for (int i = 0; i < 400; i++) {
            if (admit(demand(subjects, 1, "0")) instanceof Granted) {
                passed.add(clock.millis());
            }
            clock.advance(Duration.ofMillis(random.nextInt(random.nextInt(20) == 0 ? 60_000 : 2_000)));
        }
        assertThat(passed).hasSizeGreaterThan(40);
        for (long first : passed) {
            assertThat(passed.stream().filter(other -> other >= first && other < first + 60_000))
                    .hasSizeLessThanOrEqualTo(7);
        }
    }

    @Test
    void aDenialSaysWhenItWouldPassAndThenItPasses() throws Exception {
        var subjects = List.of(key(2L, null, null));
        clock.advance(Duration.ofMillis(250));
        granted(subjects, 1, "0");
        clock.advance(Duration.ofSeconds(10));
        granted(subjects, 1, "0");
        clock.advance(Duration.ofSeconds(20));

        var denied = denied(subjects, 1, "0");
        assertThat(denied.reason()).isEqualTo(Reason.REQUESTS);
        assertThat(denied.retryAfter()).isEqualTo(Duration.ofMillis(30_750));
        assertThat(denied.rates()).isEqualTo(new RateState(new Rate(2, 0, Duration.ofMillis(40_750)), null));

        clock.advance(denied.retryAfter().minusMillis(1));
        denied(subjects, 1, "0");
        clock.advance(Duration.ofMillis(1));
        granted(subjects, 1, "0");
        denied(subjects, 1, "0");
    }

    @Test
    void allSubjectsAreChargedOrNone() throws Exception {
        var full = team(1L, null, null);
        granted(List.of(full), 1, "0");
        var key = new Subject(Kind.KEY, "key_1", new Limits(5L, 100L, 1), List.of(budget(Period.TOTAL, "3", "USD")));
        for (int i = 0; i < 10; i++) {
            var denied = denied(List.of(key, full), 50, "1");
            assertThat(denied.subject()).isEqualTo(full);
        }
        var alone = granted(List.of(key), 50, "3");
        assertThat(alone.rates().requests().remaining()).isEqualTo(4);
        assertThat(alone.rates().tokens().remaining()).isEqualTo(50);
    }

    @Test
    void tokensAreReservedAndCorrectedInTheSecondOfTheReservation() throws Exception {
        var subjects = List.of(key(null, 1000L, null));
        var first = granted(subjects, 900, "0");
        assertThat(first.rates()).isEqualTo(new RateState(null, new Rate(1000, 100, Duration.ofSeconds(61))));
        assertThat(denied(subjects, 200, "0").reason()).isEqualTo(Reason.TOKENS);

        clock.advance(Duration.ofSeconds(30));
        first.reservation().settle(500, BigDecimal.ZERO);
        assertThat(granted(subjects, 400, "0").rates().tokens().remaining()).isEqualTo(100);
        var denied = denied(subjects, 101, "0");
        assertThat(denied.retryAfter()).isEqualTo(Duration.ofSeconds(31));
        clock.advance(Duration.ofSeconds(31));
        assertThat(granted(subjects, 101, "0").rates().tokens().remaining()).isEqualTo(499);
    }

    @Test
    void tokensBeyondTheReservationCountToo() throws Exception {
        var subjects = List.of(key(null, 1000L, null));
        granted(subjects, 100, "0").reservation().settle(1500, BigDecimal.ZERO);
        var denied = denied(subjects, 1, "0");
        assertThat(denied.rates().tokens()).isEqualTo(new Rate(1000, 0, Duration.ofSeconds(61)));
        assertThat(denied.retryAfter()).isEqualTo(Duration.ofSeconds(61));
    }

    @Test
    void aSettlementAfterItsMinuteChangesNothing() throws Exception {
        var subjects = List.of(key(null, 1000L, null));
        var slow = granted(subjects, 600, "0");
        clock.advance(Duration.ofSeconds(61));
        granted(subjects, 700, "0");
        slow.reservation().settle(1, BigDecimal.ZERO);
        assertThat(denied(subjects, 301, "0").rates().tokens().remaining()).isEqualTo(300);
    }

    @Test
    void aRequestLargerThanAWholeMinuteIsNotToldToComeBack() throws Exception {
        var denied = denied(List.of(key(null, 1000L, null)), 1001, "0");
        assertThat(denied.reason()).isEqualTo(Reason.TOKENS);
        assertThat(denied.retryAfter()).isNull();
    }

    @Test
    void nothingUsedGivesTokensAndMoneyBackButTheRequestCounts() throws Exception {
        var key = new Subject(Kind.KEY, "key_1", new Limits(2L, 100L, 1), List.of(budget(Period.DAY, "1", "USD")));
        granted(List.of(key), 100, "1").reservation().settle(0, BigDecimal.ZERO);
        var second = granted(List.of(key), 100, "1");
        assertThat(second.rates().requests().remaining()).isZero();
        second.reservation().settle(0, BigDecimal.ZERO);
        assertThat(denied(List.of(key), 100, "1").reason()).isEqualTo(Reason.REQUESTS);
    }

    @Test
    void concurrencyIsFreedOnceHoweverOftenItIsSettled() throws Exception {
        var subjects = List.of(new Subject(Kind.DEPLOYMENT, "dep_1", new Limits(null, null, 2), null));
        var first = granted(subjects, 1, "0");
        granted(subjects, 1, "0");
        var denied = denied(subjects, 1, "0");
        assertThat(denied.reason()).isEqualTo(Reason.CONCURRENCY);
        assertThat(denied.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(denied.rates()).isNull();
        first.reservation().settle(1, BigDecimal.ZERO);
        first.reservation().settle(1, BigDecimal.ZERO);
        granted(subjects, 1, "0");
        denied(subjects, 1, "0");
    }

    @Test
    void aBudgetLetsInUpToItsAmount() throws Exception {
        var subjects = List.of(spender(budget(Period.DAY, "1.00", "USD")));
        granted(subjects, 1, "0.4");
        granted(subjects, 1, "0.6");
        var denied = denied(subjects, 1, "0.0000001");
        assertThat(denied.reason()).isEqualTo(Reason.BUDGET);
        assertThat(denied.retryAfter()).isNull();
        assertThat(denied.subject()).isEqualTo(subjects.getFirst());
    }

    @Test
    void budgetsInAnotherCurrencyDoNotApply() throws Exception {
        var subjects = List.of(spender(budget(Period.DAY, "1", "EUR")));
        granted(subjects, 1, "5");
        granted(subjects, 1, "5");
    }

    @Test
    void theOvershootIsWhatRequestsInFlightCostBeyondTheirReservation() throws Exception {
        var subjects = List.of(spender(budget(Period.TOTAL, "10", "USD")));
        var inFlight = new ArrayList<Granted>();
        var demands = new ArrayList<Demand>();
        while (true) {
            var demand = demand(subjects, 1, "1");
            if (!(admit(demand) instanceof Granted granted)) {
                break;
            }
            demands.add(demand);
            inFlight.add(granted);
        }
        assertThat(inFlight).hasSize(10);
        for (int i = 0; i < 10; i++) {
            inFlight.get(i).reservation().settle(1, new BigDecimal("1.5"));
            fold(demands.get(i), "1.5");
            denied(subjects, 1, "0.01");
        }
        // 10 in flight, each 0.5 beyond its reservation.
        assertThat(ledger.committed(new Account(Kind.KEY, "key_1", "USD"), Period.TOTAL, clock.instant()))
                .isEqualByComparingTo("15");
    }

    @Test
    void moneyIsCountedOnceBetweenSettlementAndOutcomeInEitherOrder() throws Exception {
        var subjects = List.of(spender(budget(Period.MONTH, "10", "USD")));
        var demand = demand(subjects, 1, "4");
        var granted = (Granted) admit(demand);
        granted.reservation().settle(1, new BigDecimal("3"));
        leaves("7", subjects);
        fold(demand, "3");
        leaves("7", subjects);

        var other = demand(subjects, 1, "4");
        var outcomeFirst = (Granted) admit(other);
        fold(other, "2");
        outcomeFirst.reservation().settle(1, new BigDecimal("2"));
        leaves("5", subjects);
    }

    @Test
    void daysAndMonthsRollOverInUtc() throws Exception {
        clock.set("2026-11-29T23:59:59.999Z");
        var daily = List.of(spender(budget(Period.DAY, "1", "USD")));
        var monthly = List.of(spender(budget(Period.MONTH, "1.5", "USD")));
        var ever = List.of(spender(budget(Period.TOTAL, "3", "USD")));
        spend(daily, "1");
        denied(daily, 1, "0.1");
        clock.set("2026-11-30T00:00:00Z");
        leaves("1", daily);
        leaves("0.5", monthly);
        clock.set("2026-11-30T23:59:59Z");
        spend(monthly, "0.5");
        denied(monthly, 1, "0.1");
        clock.set("2026-12-01T00:00:00Z");
        leaves("1", daily);
        leaves("1.5", monthly);
        leaves("1.5", ever);
        spend(ever, "1.5");
        denied(ever, 1, "0.1");
    }

    @Test
    void ofSeveralDenialsTheOneThatLastsIsTold() throws Exception {
        var key = key(1L, null, null);
        var broke = new Subject(Kind.TEAM, "team_1", null, List.of(budget(Period.DAY, "1", "USD")));
        var model = new Subject(Kind.MODEL, "model_1", new Limits(1L, null, null), null);
        granted(List.of(key), 1, "0");
        clock.advance(Duration.ofSeconds(5));
        granted(List.of(model), 1, "0");
        assertThat(denied(List.of(key, model), 1, "0").subject()).isEqualTo(model);
        assertThat(denied(List.of(key, model, broke), 1, "2").reason()).isEqualTo(Reason.BUDGET);
    }

    @Test
    void ratesAreThoseOfTheTightestSubject() throws Exception {
        var key = key(100L, 500L, null);
        var team = team(10L, 9000L, null);
        assertThat(granted(List.of(key, team), 100, "0").rates())
                .isEqualTo(new RateState(
                        new Rate(10, 9, Duration.ofSeconds(61)), new Rate(500, 400, Duration.ofSeconds(61))));
    }

    @Test
    void newLimitsHoldAtOnceForWhatWasCountedBefore() throws Exception {
        granted(List.of(key(2L, null, null)), 1, "0");
        granted(List.of(key(2L, null, null)), 1, "0");
        denied(List.of(key(2L, null, null)), 1, "0");
        assertThat(granted(List.of(key(4L, null, null)), 1, "0")
                        .rates()
                        .requests()
                        .remaining())
                .isEqualTo(1);
        assertThat(denied(List.of(key(1L, null, null)), 1, "0")
                        .rates()
                        .requests()
                        .remaining())
                .isZero();
    }

    @Test
    void subjectsWithoutLimitsPassFreely() throws Exception {
        var free = List.of(
                new Subject(Kind.KEY, "key_1", null, null),
                new Subject(Kind.MODEL, "model_1", new Limits(null, null, null), List.of()));
        for (int i = 0; i < 1000; i++) {
            var granted = granted(free, 1_000_000, "1000");
            assertThat(granted.rates()).isNull();
            granted.reservation().settle(5, BigDecimal.ONE);
        }
        assertThat(ledger.size()).isZero();
    }

    @Test
    void subjectsOfDifferentKindsWithOneIdAreDifferent() throws Exception {
        granted(List.of(key(1L, null, null)), 1, "0");
        granted(List.of(new Subject(Kind.USER, "key_1", new Limits(1L, null, null), null)), 1, "0");
    }

    final Admission admit(Demand demand) throws Exception {
        return limiter().admit(demand).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    final Demand demand(List<Subject> subjects, long tokens, String cost) {
        long prompt = tokens / 3;
        return new Demand(
                "req_" + requests.incrementAndGet(), subjects, prompt, tokens - prompt, new BigDecimal(cost), "USD");
    }

    final Granted granted(List<Subject> subjects, long tokens, String cost) throws Exception {
        var admission = admit(demand(subjects, tokens, cost));
        assertThat(admission).isInstanceOf(Granted.class);
        return (Granted) admission;
    }

    final Denied denied(List<Subject> subjects, long tokens, String cost) throws Exception {
        var admission = admit(demand(subjects, tokens, cost));
        assertThat(admission).isInstanceOf(Denied.class);
        return (Denied) admission;
    }

    /** A request of key_1 from admission to outcome. */
    final void spend(List<Subject> subjects, String cost) throws Exception {
        var demand = demand(subjects, 1, cost);
        ((Granted) admit(demand)).reservation().settle(1, new BigDecimal(cost));
        fold(demand, cost);
    }

    final void fold(Demand demand, String cost) {
        ledger.fold(Outcomes.of(demand.requestId(), "key_1", null, null, cost, clock.instant()));
    }

    private void leaves(String amount, List<Subject> subjects) throws Exception {
        denied(
                subjects,
                1,
                new BigDecimal(amount).add(new BigDecimal("0.000001")).toPlainString());
        granted(subjects, 1, amount).reservation().settle(0, BigDecimal.ZERO);
    }

    static Subject key(Long requestsPerMinute, Long tokensPerMinute, Integer concurrency) {
        return new Subject(Kind.KEY, "key_1", new Limits(requestsPerMinute, tokensPerMinute, concurrency), null);
    }

    static Subject team(Long requestsPerMinute, Long tokensPerMinute, Integer concurrency) {
        return new Subject(Kind.TEAM, "team_1", new Limits(requestsPerMinute, tokensPerMinute, concurrency), null);
    }

    static Subject spender(Budget budget) {
        return new Subject(Kind.KEY, "key_1", null, List.of(budget));
    }

    static Budget budget(Period period, String amount, String currency) {
        return new Budget(period, new BigDecimal(amount), currency);
    }
}
