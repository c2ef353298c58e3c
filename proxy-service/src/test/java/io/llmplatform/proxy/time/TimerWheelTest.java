package io.llmplatform.proxy.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerWheelTest {
    private final List<String> fired = new ArrayList<>();
    private long millis = 12_345;
    private @Nullable Runnable tick;

    private final TimerWheel wheel = new TimerWheel(
            (every, run) -> {
                tick = run;
                return () -> tick = null;
            },
            () -> TimeUnit.MILLISECONDS.toNanos(millis));

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 19, 20, 21, 100, 10_239, 10_240, 10_241, 600_000})
    void firesOnceNeverEarlyAndAtMostThreeTicksLate(long after) {
        pass(7);
        long from = millis;
        var at = new long[] {-1};
        wheel.start(after, () -> {
            fired.add("it");
            at[0] = millis - from;
        });
        pass(after + 1_000);
        assertThat(fired).containsExactly("it");
        assertThat(at[0]).isBetween(after, after + 3 * TimerWheel.TICK_MILLIS);
    }

    @Test
    void aCancelledTimerDoesNotFireAndTheWheelStandsStillWhenNothingIsOnIt() {
        var timer = wheel.start(50, () -> fired.add("it"));
        assertThat(tick).isNotNull();
        timer.cancel();
        timer.cancel();
        TimerWheel.cancel(null);
        pass(200);
        assertThat(fired).isEmpty();
        assertThat(tick).isNull();
        wheel.start(50, () -> fired.add("another"));
        pass(200);
        assertThat(fired).containsExactly("another");
        assertThat(tick).isNull();
    }

    @Test
    void aLoopThatStoodStillFiresWhatIsDueAndOnlyThat() {
        wheel.start(100, () -> fired.add("soon"));
        wheel.start(60_000, () -> fired.add("later"));
        millis += 30_000;
        turn();
        assertThat(fired).containsExactly("soon");
    }

    @Test
    void timersMayStartAndCancelOthersAndThrow() {
        var all = new ArrayList<TimerWheel.Timer>();
        all.add(wheel.start(100, () -> {
            fired.add("first");
            all.get(1).cancel();
            wheel.start(100, () -> fired.add("restarted"));
            throw new IllegalStateException("a timer that fails");
        }));
        all.add(wheel.start(100, () -> fired.add("cancelled by its neighbour")));
        all.add(wheel.start(100, () -> fired.add("third")));
        pass(500);
        assertThat(fired).containsExactly("first", "third", "restarted");
    }

    @Test
    void manyAtRandomFireExactlyWhenNotCancelled() {
        var random = new Random(1);
        var expected = new ArrayList<String>();
        for (int i = 0; i < 2_000; i++) {
            var name = "t" + i;
            var timer = wheel.start(random.nextInt(30_000), () -> fired.add(name));
            if (random.nextBoolean()) {
                timer.cancel();
            } else {
                expected.add(name);
            }
            pass(random.nextInt(10));
        }
        pass(40_000);
        assertThat(fired).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(tick).isNull();
    }

    private void pass(long time) {
        for (long i = 0; i < time; i++) {
            millis++;
            if (millis % TimerWheel.TICK_MILLIS == 0) {
                turn();
            }
        }
    }

    private void turn() {
        if (tick != null) {
            tick.run();
        }
    }
}
