package io.llmplatform.proxy.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Budget.Period;
import io.llmplatform.proxy.DrivenClock;
import io.llmplatform.proxy.journal.Journal;
import io.llmplatform.proxy.journal.JournalRefusal;
import io.llmplatform.proxy.journal.JournalSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetsAfterRestartTest {
    private static final List<Subject> SUBJECTS = List.of(
            new Subject(Subject.Kind.KEY, "key_1", null, List.of(new Budget(Period.DAY, BigDecimal.TEN, "USD"))));

    @TempDir
    Path directory;

    private final DrivenClock clock = new DrivenClock();

    @Test
    void theBudgetGoesOnWhereItWasAndEachCostCountsOnce() throws Exception {
        for (int life = 0; life < 4; life++) {
            var ledger = new SpendLedger("ledger_of_life_" + life, 1000);
            try (var journal = Journal.open(new JournalSettings(directory, 1 << 20, 500, false), ledger)) {
                var limiter = new LocalLimiter(clock, ledger);
                assertThat(left(limiter)).isEqualTo(10 - 2 * life);
                assertThat(ledger.identity()).isEqualTo("ledger_of_life_0");
                var granted = (Admission.Granted) admit(limiter, "req_" + life, "3");
                granted.reservation().settle(10, new BigDecimal("2"));
                assertThat(left(limiter)).isEqualTo(8 - 2 * life);
                var told = new CompletableFuture<JournalRefusal>();
                journal.outcome(
                        Outcomes.of("req_" + life, "key_1", "usr_1", null, "2", clock.instant()), told::complete);
                assertThat(told.get(10, TimeUnit.SECONDS)).isNull();
                assertThat(left(limiter)).isEqualTo(8 - 2 * life);
            }
        }
    }

    /** The largest whole amount that would be let in. */
    private static int left(LocalLimiter limiter) {
        for (int amount = 10; amount > 0; amount--) {
            if (admit(limiter, "req_probe", "" + amount) instanceof Admission.Granted granted) {
                granted.reservation().settle(0, BigDecimal.ZERO);
                return amount;
            }
        }
        return 0;
    }

    private static Admission admit(LocalLimiter limiter, String id, String cost) {
        return limiter.admit(new Demand(id, SUBJECTS, 1, 1, new BigDecimal(cost), "USD"))
                .result();
    }
}
