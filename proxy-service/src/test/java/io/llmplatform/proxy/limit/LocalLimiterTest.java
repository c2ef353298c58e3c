package io.llmplatform.proxy.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.contracts.policy.Budget.Period;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.proxy.limit.Subject.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalLimiterTest extends LimiterContract {
    private final LocalLimiter limiter = new LocalLimiter(clock, ledger);

    @Override
    Limiter limiter() {
        return limiter;
    }

    @Test
    void theAnswerIsThereOnReturn() {
        assertThat(limiter.admit(demand(List.of(key(1L, null, null)), 1, "0")).succeeded())
                .isTrue();
    }

    @Test
    void idleSubjectsAreDropped() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            var subject = new Subject(Kind.KEY, "key_" + i, new Limits(10L, 1000L, 1), null);
            granted(List.of(subject), 10, "0").reservation().settle(10, BigDecimal.ZERO);
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(limiter.size()).isLessThan(200);
    }

    /** As it is used while Redis does the admitting. */
    @Test
    void idleSubjectsAreDroppedWhenOnlyChargedToo() {
        for (int i = 0; i < 10_000; i++) {
            var subjects = List.of(new Subject(Kind.KEY, "key_" + i, new Limits(10L, 1000L, 1), null));
            limiter.charge(demand(subjects, 10, "0"), subjects, clock.instant()).settle(10, BigDecimal.ZERO);
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(limiter.size()).isLessThan(200);
    }

    @Test
    void aSubjectWithARequestUnderWayIsKept() throws Exception {
        var busy = List.of(new Subject(Kind.TEAM, "team_busy", new Limits(null, null, 1), null));
        granted(busy, 1, "0");
        for (int i = 0; i < 500; i++) {
            clock.advance(Duration.ofSeconds(90));
            granted(List.of(key(10L, null, null)), 1, "0").reservation().settle(1, BigDecimal.ZERO);
        }
        denied(busy, 1, "0");
    }

    @Test
    void aClockSetBackNeitherFreesNorFreezes() throws Exception {
        var subjects = List.of(key(1L, null, null));
        granted(subjects, 1, "0");
        clock.advance(Duration.ofSeconds(-5));
        denied(subjects, 1, "0");
        clock.advance(Duration.ofHours(-1));
        granted(subjects, 1, "0");
    }

    @Test
    void modelsHaveNoBudgets() {
        assertThatThrownBy(() -> new Subject(Kind.MODEL, "m", null, List.of(budget(Period.DAY, "1", "USD"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("budgets are for KEY, USER and TEAM, not for MODEL m");
    }
}
