package io.llmplatform.proxy.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.proxy.route.Failure.Kind;
import io.llmplatform.proxy.route.RetryPolicy.GiveUp;
import io.llmplatform.proxy.route.RetryPolicy.TryOther;
import io.llmplatform.proxy.route.RetryPolicy.Wait;
import java.time.Duration;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
    private static final Duration LEFT = Duration.ofMinutes(1);

    private final RetryPolicy policy = new RetryPolicy(RetryPolicy.DEFAULT_ATTEMPTS, new Random(42));

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 502, 503, 504, 529})
    void whatMayPassIsTriedElsewhereAtOnce(int status) {
        assertThat(policy.after(Failure.status(status, Duration.ofHours(1)), 1, true, LEFT))
                .isEqualTo(new TryOther());
        assertThat(policy.after(Failure.status(status, null), 1, false, LEFT)).isInstanceOf(Wait.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 400, 404, 405, 410, 413, 415, 422, 501, 505})
    void whatWouldBeTheSameAgainIsNot(int status) {
        assertThat(policy.after(Failure.status(status, null), 1, true, LEFT)).isEqualTo(new GiveUp());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403})
    void anAccountThatIsRefusedMayBeHelpedByAnotherDeploymentOnly(int status) {
        assertThat(policy.after(Failure.status(status, null), 1, true, LEFT)).isEqualTo(new TryOther());
        assertThat(policy.after(Failure.status(status, null), 1, false, LEFT)).isEqualTo(new GiveUp());
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "STATUS", mode = EnumSource.Mode.EXCLUDE)
    void everyBrokenConnectionMayPass(Kind kind) {
        assertThat(policy.after(Failure.of(kind), 2, true, LEFT)).isEqualTo(new TryOther());
        assertThat(policy.after(Failure.of(kind), 2, false, LEFT)).isInstanceOf(Wait.class);
    }

    @Test
    void endsWithTheAttemptsAndWithTheDeadline() {
        var failure = Failure.of(Kind.UNREACHABLE);
        assertThat(policy.after(failure, 3, true, LEFT)).isEqualTo(new GiveUp());
        assertThat(policy.after(failure, 1, true, Duration.ZERO)).isEqualTo(new GiveUp());
        assertThat(policy.after(failure, 1, true, Duration.ofMillis(-5))).isEqualTo(new GiveUp());
        assertThat(policy.after(failure, 1, true, Duration.ofMillis(1))).isEqualTo(new TryOther());
        assertThat(policy.after(failure, 1, false, Duration.ofMillis(200))).isEqualTo(new GiveUp());
    }

    @Test
    void theSameIsTriedAgainAfterAGrowingJitteredWhile() {
        var patient = new RetryPolicy(100, new Random(42));
        assertThat(waits(patient, 1))
                .allMatch(millis -> millis >= 200 && millis <= 300)
                .hasSizeGreaterThan(20);
        assertThat(waits(patient, 2))
                .allMatch(millis -> millis >= 200 && millis <= 600)
                .hasSizeGreaterThan(50);
        assertThat(waits(patient, 3)).allMatch(millis -> millis >= 400 && millis <= 1200);
        assertThat(waits(patient, 9)).allMatch(millis -> millis >= 1000 && millis <= 2000);
    }

    private static TreeSet<Long> waits(RetryPolicy policy, int attempts) {
        var waits = new TreeSet<Long>();
        for (int i = 0; i < 100; i++) {
            var next = (Wait) policy.after(Failure.of(Kind.UNREACHABLE), attempts, false, LEFT);
            waits.add(next.duration().toMillis());
        }
        return waits;
    }

    @Test
    void whatTheUpstreamAsksForIsHonouredUpToABound() {
        var next = (Wait) policy.after(Failure.status(429, Duration.ofSeconds(3)), 1, false, LEFT);
        assertThat(next.duration()).isBetween(Duration.ofMillis(3001), Duration.ofMillis(3250));
        next = (Wait) policy.after(Failure.status(503, Duration.ofSeconds(5)), 2, false, LEFT);
        assertThat(next.duration()).isBetween(Duration.ofMillis(5001), Duration.ofMillis(5250));
        assertThat(policy.after(Failure.status(429, Duration.ofMillis(5001)), 1, false, LEFT))
                .isEqualTo(new GiveUp());
        assertThat(policy.after(Failure.status(429, Duration.ofSeconds(3)), 1, false, Duration.ofSeconds(3)))
                .isEqualTo(new GiveUp());
    }

    @Test
    void afterTheWaitThatAProviderAskedForItsDeploymentIsFreeAgain() {
        var fleet = new Fleet();
        fleet.model("m", null, Fleet.deployment("a", 1));
        var journey = fleet.journey();
        var failure = Failure.status(429, Duration.ofSeconds(2));
        journey.next().failed(failure);
        assertThat(journey.another()).isFalse();
        var next = (Wait) policy.after(failure, 1, journey.another(), LEFT);
        assertThat(journey.again()).isNull();
        fleet.clock.advance(next.duration());
        assertThat(journey.again()).isNotNull();
    }
}
