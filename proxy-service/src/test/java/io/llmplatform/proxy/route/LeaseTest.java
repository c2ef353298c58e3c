package io.llmplatform.proxy.route;

import static io.llmplatform.proxy.route.DeploymentStatus.State.CLOSED;
import static io.llmplatform.proxy.route.DeploymentStatus.State.COOLING;
import static io.llmplatform.proxy.route.DeploymentStatus.State.HALF_OPEN;
import static io.llmplatform.proxy.route.DeploymentStatus.State.OPEN;
import static io.llmplatform.proxy.route.Fleet.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.proxy.route.Failure.Kind;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the ends of attempts do to a deployment: breaker and cool-down. */
class LeaseTest {
    private static final Failure UNREACHABLE = Failure.of(Kind.UNREACHABLE);
    private static final Duration OPEN_AT_MOST = Duration.ofMillis(12_001);

    private final Fleet fleet = new Fleet();

    @BeforeEach
    void oneDeployment() {
        fleet.model("m", null, deployment("a", 1));
    }

    @Test
    void opensWhenHalfOfTheLastTwentyFailed() {
        for (int i = 0; i < 11; i++) {
            lease().succeeded();
        }
        for (int i = 0; i < 10; i++) {
            assertThat(state()).isEqualTo(CLOSED);
            lease().failed(UNREACHABLE);
        }
        assertThat(state()).isEqualTo(OPEN);
        assertThat(fleet.journey().next()).isNull();
        assertThat(fleet.status("a").lastError()).isEqualTo("unreachable");
        assertThat(fleet.status("a").lastErrorAt()).isEqualTo(fleet.clock.instant());
    }

    @Test
    void fewerThanFiveCallsNeverOpenIt() {
        fail(4);
        assertThat(state()).isEqualTo(CLOSED);
        fail(1);
        assertThat(state()).isEqualTo(OPEN);
    }

    @Test
    void halfOpenLetsTwoTrialsThroughAndClosesWhenTheyPass() {
        fail(5);
        fleet.clock.advance(Duration.ofMillis(7_900));
        assertThat(fleet.journey().next()).isNull();
        assertThat(fleet.journey().another()).isFalse();
        fleet.clock.advance(OPEN_AT_MOST.minusMillis(7_900));
        assertThat(fleet.journey().another()).isTrue();

        var one = lease();
        var two = lease();
        assertThat(state()).isEqualTo(HALF_OPEN);
        var third = fleet.journey();
        assertThat(third.next()).isNull();
        assertThat(third.shortage()).isEqualTo(new Shortage.Busy(Shortage.Cause.BREAKER_OPEN, Duration.ofSeconds(1)));
        one.succeeded();
        two.succeeded();
        assertThat(state()).isEqualTo(CLOSED);
        lease().succeeded();
    }

    @Test
    void aTrialThatStreamsPassesWithItsFirstByte() {
        halfOpen();
        var one = lease();
        var two = lease();
        one.firstByte();
        two.firstByte();
        assertThat(state()).isEqualTo(CLOSED);
        one.succeeded();
        two.released();
        assertThat(fleet.status("a").inFlight()).isZero();
        fail(4);
        assertThat(state()).isEqualTo(CLOSED);
    }

    @Test
    void aTrialThatIsReleasedGivesItsPlaceBackAndOnlyThat() {
        halfOpen();
        for (int i = 0; i < 5; i++) {
            lease().released();
            lease().failed(Failure.status(400, null));
        }
        assertThat(state()).isEqualTo(HALF_OPEN);
        var one = lease();
        lease();
        assertThat(fleet.journey().next()).isNull();
        one.released();
        one.released();
        lease();
        assertThat(fleet.journey().next()).isNull();
    }

    @Test
    void failedTrialsDoubleTheTimeUpToTwoMinutes() {
        fail(5);
        long expected = 10_000;
        for (int round = 0; round < 7; round++) {
            var left = fleet.status("a").freeIn();
            assertThat(left.toMillis())
                    .isBetween(Math.min(expected * 8 / 10, 96_000), Math.min(expected * 12 / 10, 120_000) + 1);
            fleet.clock.advance(left.minusMillis(1));
            assertThat(fleet.journey().next()).isNull();
            fleet.clock.advance(Duration.ofMillis(1));
            fail(2);
            assertThat(state()).isEqualTo(OPEN);
            expected = Math.min(expected * 2, 120_000);
        }
        fleet.clock.advance(fleet.status("a").freeIn());
        lease().succeeded();
        lease().succeeded();
        assertThat(state()).isEqualTo(CLOSED);
        fail(5);
        assertThat(fleet.status("a").freeIn()).isLessThanOrEqualTo(OPEN_AT_MOST);
    }

    @Test
    void whatBeganBeforeItOpenedIsNoTrial() {
        var early = new ArrayList<Lease>();
        for (int i = 0; i < 12; i++) {
            early.add(lease());
        }
        halfOpen();
        var trial = lease();
        for (int i = 0; i < 4; i++) {
            early.removeFirst().failed(UNREACHABLE);
            early.removeFirst().succeeded();
            early.removeFirst().released();
        }
        assertThat(state()).isEqualTo(HALF_OPEN);
        var other = lease();
        assertThat(fleet.journey().next()).isNull();
        trial.succeeded();
        other.succeeded();
        assertThat(state()).isEqualTo(CLOSED);
    }

    @Test
    void onlyTheFirstEndCounts() {
        for (int i = 0; i < 5; i++) {
            var lease = lease();
            lease.succeeded();
            lease.failed(UNREACHABLE);
            lease.failed(Failure.status(429, Duration.ofSeconds(9)));
            lease.firstByte();
        }
        assertThat(state()).isEqualTo(CLOSED);
        assertThat(fleet.status("a").inFlight()).isZero();
        assertThat(fleet.status("a").lastError()).isNull();
        assertThat(fleet.status("a").streamLatency()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 408, 409, 413, 422, 429, 501})
    void whatIsNotTheDeploymentsFaultNeverOpensIt(int status) {
        for (int i = 0; i < 30; i++) {
            lease().failed(Failure.status(status, null));
        }
        assertThat(state()).isEqualTo(CLOSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 500, 502, 503, 504, 529})
    void whatIsTheDeploymentsFaultOpensIt(int status) {
        for (int i = 0; i < 5; i++) {
            lease().failed(Failure.status(status, null));
        }
        assertThat(state()).isEqualTo(OPEN);
        assertThat(fleet.status("a").lastError()).isEqualTo("status_" + status);
    }

    @ParameterizedTest
    @CsvSource({"429,RATE_LIMITED,429", "529,OVERLOADED,503", "503,OVERLOADED,503"})
    void aProviderThatSaysWhenToComeAgainIsLeftAloneUntilThen(int status, Shortage.Cause cause, int ours) {
        lease().failed(Failure.status(status, Duration.ofSeconds(30)));
        assertThat(state()).isEqualTo(COOLING);
        assertThat(fleet.status("a").freeIn()).isEqualTo(Duration.ofSeconds(30));
        fleet.clock.advance(Duration.ofSeconds(29));
        var journey = fleet.journey();
        assertThat(journey.another()).isFalse();
        assertThat(journey.next()).isNull();
        assertThat(journey.shortage()).isEqualTo(new Shortage.Busy(cause, Duration.ofSeconds(1)));
        assertThat(((Shortage.Busy) journey.shortage()).status()).isEqualTo(ours);
        fleet.clock.advance(Duration.ofSeconds(1));
        assertThat(state()).isEqualTo(CLOSED);
        lease().succeeded();
    }

    @Test
    void aCoolDownIsBoundedAndAShorterOneDoesNotEndIt() {
        var slow = lease();
        lease().failed(Failure.status(429, Duration.ofDays(1)));
        slow.failed(Failure.status(429, Duration.ofSeconds(1)));
        assertThat(fleet.status("a").freeIn()).isEqualTo(Duration.ofMinutes(5));
        fleet.clock.advance(Duration.ofMinutes(5));
        lease().failed(Failure.status(429, Duration.ZERO));
        assertThat(state()).isEqualTo(CLOSED);
        lease().failed(Failure.status(500, Duration.ofSeconds(9)));
        assertThat(state()).isEqualTo(CLOSED);
    }

    @Test
    void anOpenBreakerOutweighsACoolDown() {
        for (int i = 0; i < 4; i++) {
            lease().failed(UNREACHABLE);
        }
        lease().failed(Failure.status(503, Duration.ofSeconds(60)));
        assertThat(state()).isEqualTo(OPEN);
        fleet.clock.advance(OPEN_AT_MOST);
        assertThat(fleet.journey().next()).isNull();
        fleet.clock.advance(Duration.ofSeconds(60));
        assertThat(fleet.journey().next()).isNotNull();
    }

    private Lease lease() {
        return fleet.journey().next();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            lease().failed(UNREACHABLE);
        }
    }

    /** Open, and its time is over; the next call is a trial. */
    private void halfOpen() {
        fail(5);
        fleet.clock.advance(OPEN_AT_MOST);
    }

    private DeploymentStatus.State state() {
        return fleet.status("a").state();
    }
}
