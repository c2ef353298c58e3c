package io.llmplatform.proxy.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.policy.Budget.Period;
import io.llmplatform.proxy.limit.Subject.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class SpendLedgerTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Account KEY = account(Kind.KEY, "key_1");

    private final SpendLedger ledger = new SpendLedger("ledger_1", 100);

    @Test
    void anOutcomeCountsForItsKeyUserAndTeam() {
        ledger.fold(Outcomes.of("req_1", "key_1", "usr_1", "team_1", "0.25", NOON));
        ledger.fold(Outcomes.of("req_2", "key_2", "usr_1", null, "0.5", NOON));
        assertThat(ledger.certain(KEY, Period.DAY, NOON)).isEqualByComparingTo("0.25");
        assertThat(ledger.certain(account(Kind.USER, "usr_1"), Period.MONTH, NOON))
                .isEqualByComparingTo("0.75");
        assertThat(ledger.certain(account(Kind.TEAM, "team_1"), Period.TOTAL, NOON))
                .isEqualByComparingTo("0.25");
        assertThat(ledger.certain(new Account(Kind.KEY, "key_1", "EUR"), Period.TOTAL, NOON))
                .isZero();
    }

    @Test
    void aLateOutcomeCountsForItsOwnDay() {
        ledger.fold(Outcomes.of("req_2", "key_1", null, null, "1", Instant.parse("2026-12-01T00:00:01Z")));
        ledger.fold(Outcomes.of("req_1", "key_1", null, null, "2", Instant.parse("2026-11-30T23:59:59Z")));
        var now = Instant.parse("2026-12-01T00:00:02Z");
        assertThat(ledger.certain(KEY, Period.DAY, now)).isEqualByComparingTo("1");
        assertThat(ledger.certain(KEY, Period.MONTH, now)).isEqualByComparingTo("1");
        assertThat(ledger.certain(KEY, Period.TOTAL, now)).isEqualByComparingTo("3");
    }

    @Test
    void aSessionOpenForDaysTakesNothingFromTheDayItEndsOn() {
        var opened = Instant.parse("2026-11-10T12:00:00Z");
        ledger.fold(Outcomes.of("req_1", "key_1", null, null, "5", Instant.parse("2026-11-22T11:00:00Z")));
        ledger.fold(Outcomes.of("req_2", "key_1", null, null, "3", opened, Duration.between(opened, NOON)));
        assertThat(ledger.certain(KEY, Period.DAY, NOON)).isEqualByComparingTo("5");
        assertThat(ledger.certain(KEY, Period.MONTH, NOON)).isEqualByComparingTo("8");
        assertThat(ledger.certain(KEY, Period.TOTAL, NOON)).isEqualByComparingTo("8");

        opened = Instant.parse("2026-10-10T12:00:00Z");
        ledger.fold(Outcomes.of("req_3", "key_1", null, null, "2", opened, Duration.between(opened, NOON)));
        assertThat(ledger.certain(KEY, Period.DAY, NOON)).isEqualByComparingTo("5");
        assertThat(ledger.certain(KEY, Period.MONTH, NOON)).isEqualByComparingTo("8");
        assertThat(ledger.certain(KEY, Period.TOTAL, NOON)).isEqualByComparingTo("10");
    }

    @Test
    void aClockSetBackByTwoDaysTakesNothingEither() {
        ledger.fold(Outcomes.of("req_1", "key_1", null, null, "5", NOON));
        ledger.fold(Outcomes.of("req_2", "key_1", null, null, "3", NOON.minus(Duration.ofDays(2))));
        assertThat(ledger.certain(KEY, Period.DAY, NOON)).isEqualByComparingTo("5");
        assertThat(ledger.certain(KEY, Period.MONTH, NOON)).isEqualByComparingTo("8");
    }

    @Test
    void aClockThatHadBeenWrongDoesNotStopTheCount() {
        ledger.fold(Outcomes.of("req_1", "key_1", null, null, "1", Instant.parse("2050-01-01T00:00:00Z")));
        ledger.fold(Outcomes.of("req_2", "key_1", null, null, "2", NOON));
        assertThat(ledger.certain(KEY, Period.DAY, NOON)).isEqualByComparingTo("2");
        assertThat(ledger.certain(KEY, Period.MONTH, NOON)).isEqualByComparingTo("2");
        assertThat(ledger.certain(KEY, Period.TOTAL, NOON)).isEqualByComparingTo("3");
    }

    @Test
    void partsBringBackWhatIsSpentButNoReservations() {
        for (int i = 0; i < 450; i++) {
            ledger.fold(Outcomes.of("req_" + i, "key_" + i % 90, null, null, "0.0000000001", NOON));
        }
        ledger.hold("req_x", List.of(KEY), BigDecimal.TEN);
        var restored = new SpendLedger("ledger_2", 100);
        restored.fold(Outcomes.of("req_old", "key_gone", null, null, "1", NOON));
        restored.restore(ledger.parts());
        assertThat(restored.identity()).isEqualTo("ledger_1");
        assertThat(restored.size()).isEqualTo(90);
        assertThat(restored.committed(KEY, Period.DAY, NOON)).isEqualByComparingTo("0.0000000005");
        assertThat(restored.parts()).hasSize(1);
    }

    @Test
    void aLargeLedgerIsCutIntoPartsThatFitTheJournal() {
        var large = new SpendLedger("ledger_1", 10_000);
        for (int i = 0; i < 5_000; i++) {
            large.fold(Outcomes.of("req_" + i, "key_01k9" + "x".repeat(40) + i, null, null, "123456.0123456789", NOON));
        }
        assertThat(large.parts()).hasSize(25).allSatisfy(part -> assertThat(part)
                .hasSizeLessThan(60 * 1024));
        var restored = new SpendLedger("ledger_2", 10_000);
        restored.restore(large.parts());
        assertThat(restored.size()).isEqualTo(5_000);
    }

    @Test
    void itIsBoundedAndForgetsTheLongestIdleFirst() {
        for (int i = 0; i < 150; i++) {
            ledger.fold(Outcomes.of("req_" + i, "key_" + i, null, null, "1", NOON.plusSeconds(i * 86_400L)));
        }
        assertThat(ledger.size()).isLessThanOrEqualTo(100);
        assertThat(ledger.certain(account(Kind.KEY, "key_0"), Period.TOTAL, NOON))
                .isZero();
        assertThat(ledger.certain(account(Kind.KEY, "key_149"), Period.TOTAL, NOON))
                .isEqualByComparingTo("1");
    }

    @Test
    void whoSpentThisMonthIsNeverForgotten() {
        for (int i = 0; i < 500; i++) {
            ledger.fold(Outcomes.of("req_" + i, "key_" + i, null, null, "1", NOON.minusSeconds(i * 3600L)));
        }
        assertThat(ledger.size()).isEqualTo(500);
        assertThat(ledger.certain(account(Kind.KEY, "key_499"), Period.MONTH, NOON))
                .isEqualByComparingTo("1");
        // The next month they may go, down to what the ledger should hold.
        ledger.fold(Outcomes.of("req_next", "key_next", null, null, "1", Instant.parse("2026-12-01T00:00:00Z")));
        assertThat(ledger.size()).isLessThanOrEqualTo(100);
    }

    @Test
    void whatCannotBeForgottenIsNotLookedThroughEachTime() {
        var accounts = new ConcurrentHashMap<Account, Spend>();
        var forgetting = new Forgetting(accounts, 100);
        for (int i = 0; i < 1000; i++) {
            accounts.put(account(Kind.KEY, "key_" + i), Spend.NONE.plus(BigDecimal.ONE, NOON, NOON));
            if (i >= 100) {
                forgetting.atMonthOf(NOON);
            }
        }
        assertThat(accounts).hasSize(1000);
        assertThat(forgetting.walks()).isBetween(1, 90);
    }

    @Test
    void whoeverReadsNeverSeesACostTwiceOrNotAtAll() {
        int rounds = 20_000;
        var writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < rounds; i++) {
                var hold = ledger.hold("req_" + i, List.of(KEY), BigDecimal.ONE);
                ledger.settle(hold, BigDecimal.ONE);
                ledger.fold(Outcomes.of("req_" + i, "key_1", null, null, "1", NOON));
            }
        });
        long seen = 0;
        while (!writer.isDone()) {
            // Each round adds exactly one, at its reservation: a cost seen twice would have to go back later.
            long now = ledger.committed(KEY, Period.TOTAL, NOON).longValueExact();
            assertThat(now).isGreaterThanOrEqualTo(seen);
            seen = now;
        }
        writer.join();
        assertThat(ledger.committed(KEY, Period.TOTAL, NOON)).isEqualByComparingTo("20000");
    }

    private static Account account(Kind kind, String id) {
        return new Account(kind, id, "USD");
    }
}
