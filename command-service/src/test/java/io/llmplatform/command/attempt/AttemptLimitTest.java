package io.llmplatform.command.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.event.AttemptEvent.LeftOut;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttemptLimitTest {
    private static final Instant START = Instant.parse("2026-11-22T20:00:00Z");

    private final Time clock = new Time();
    private final AttemptLimit limit = new AttemptLimit(clock);

    @Test
    void onePersonDoesNotUseUpWhatIsThereForAll() {
        assertThat(admitted("usr_1", 100)).isEqualTo(AttemptLimit.PER_CALLER);
        assertThat(admitted("usr_2", 1)).isEqualTo(1);
    }

    @Test
    void allTogetherAreBounded() {
        long admitted = IntStream.range(0, 100)
                .mapToLong(i -> admitted("usr_" + i, AttemptLimit.PER_CALLER))
                .sum();

        assertThat(admitted).isEqualTo(AttemptLimit.OVERALL);
    }

    @Test
    void whatWasLeftOutIsToldOnceThePeriodIsOver() {
        admitted("usr_1", AttemptLimit.PER_CALLER + 2);
        admitted("usr_2", AttemptLimit.PER_CALLER + 7);
        admitted("usr_3", 1);
        clock.now = START.plus(AttemptLimit.PERIOD).minusMillis(1);
        assertThat(limit.ended()).isEmpty();

        clock.now = START.plus(AttemptLimit.PERIOD);
        assertThat(limit.ended()).hasValueSatisfying(summary -> {
            assertThat(summary.from()).isEqualTo(START);
            assertThat(summary.until()).isEqualTo(clock.now);
            assertThat(summary.count()).isEqualTo(9);
            assertThat(summary.callers()).containsExactly(new LeftOut("usr_2", 7), new LeftOut("usr_1", 2));
        });
        assertThat(limit.ended()).isEmpty();
        assertThat(admitted("usr_1", 1)).isEqualTo(1);
    }

    @Test
    void aPeriodWithNothingLeftOutTellsNothing() {
        admitted("usr_1", 3);
        clock.now = START.plus(AttemptLimit.PERIOD);

        assertThat(limit.ended()).isEmpty();
    }

    @Test
    void atTheEndWhatIsLeftIsToldAtOnce() {
        admitted("usr_1", AttemptLimit.PER_CALLER + 1);

        assertThat(limit.restart())
                .hasValueSatisfying(summary -> assertThat(summary.count()).isEqualTo(1));
    }

    private long admitted(String caller, int times) {
        return IntStream.range(0, times).filter(_ -> limit.admits(caller)).count();
    }

    private static final class Time extends Clock {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
