package io.llmplatform.proxy.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class InFlightTest {
    @Test
    void neverMoreThanItsBoundAndRoomAgainWhenOneLeaves() {
        var flights = new InFlight(2);
        assertThat(flights.tryEnter()).isTrue();
        assertThat(flights.tryEnter()).isTrue();
        assertThat(flights.tryEnter()).isFalse();
        assertThat(flights.current()).isEqualTo(2);
        flights.leave();
        assertThat(flights.tryEnter()).isTrue();
    }

    @Test
    void holdsWhenManyComeAtOnce() throws Exception {
        var flights = new InFlight(100);
        int loops = 8;
        var together = new CyclicBarrier(loops);
        try (var threads = Executors.newFixedThreadPool(loops)) {
            var work = new ArrayList<Callable<Integer>>();
            for (int loop = 0; loop < loops; loop++) {
                work.add(() -> {
                    together.await();
                    int entered = 0;
                    for (int i = 0; i < 50; i++) {
                        entered += flights.tryEnter() ? 1 : 0;
                    }
                    return entered;
                });
            }
            int entered = 0;
            for (var each : threads.invokeAll(work)) {
                entered += each.get();
            }
            assertThat(entered).isEqualTo(100);
        }
        assertThat(flights.current()).isEqualTo(100);
    }

    @Test
    void theMonotonicClockStartsWithTheWallClockAndGoesOnWithoutIt() {
        var start = Instant.parse("2026-11-22T10:00:00Z");
        var clock = new MonotonicClock(Clock.fixed(start, ZoneOffset.UTC));
        var one = clock.instant();
        var two = clock.instant();
        assertThat(one).isBetween(start, two);
        assertThat(Duration.between(start, two)).isPositive().isLessThan(Duration.ofMinutes(1));
    }
}
