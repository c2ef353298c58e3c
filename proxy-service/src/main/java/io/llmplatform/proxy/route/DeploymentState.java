package io.llmplatform.proxy.route;

import io.llmplatform.proxy.route.Shortage.Busy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the gateway has learned about one deployment. Thread-safe. */
final class DeploymentState {
    private final Target target;
    private final Clock clock;
    private final Breaker breaker;
    private final Duration longestCooling;
    private final AtomicInteger inFlight;

    /** The first byte of a whole answer comes when all is generated: not to be compared with that of a stream. */
    private final Latency streams = new Latency();

    private final Latency wholes = new Latency();
    private final AtomicReference<@Nullable Cooling> cooling = new AtomicReference<>();
    private volatile @Nullable LastFailure lastFailure;
    private volatile long turn;

    private record Cooling(Instant until, Shortage.Cause cause) {}

    record LastFailure(Failure failure, Instant at) {}

    /** @param inFlight shared with the state this one replaces, whose calls are still under way */
    DeploymentState(Target target, Clock clock, Breaker breaker, Duration longestCooling, AtomicInteger inFlight) {
        this.target = target;
        this.clock = clock;
        this.breaker = breaker;
        this.longestCooling = longestCooling;
        this.inFlight = inFlight;
    }

    Target target() {
        return target;
    }

    Breaker breaker() {
        return breaker;
    }

    AtomicInteger inFlight() {
        return inFlight;
    }

    Latency latency(boolean stream) {
        return stream ? streams : wholes;
    }

    Instant now() {
        return clock.instant();
    }

    /** Null when it is not left alone by its own request. */
    @Nullable
    Busy cooling() {
        var held = cooling.get();
        var left = held == null ? Duration.ZERO : Duration.between(now(), held.until);
        return held == null || !left.isPositive() ? null : new Busy(held.cause, left);
    }

    boolean mayServe() {
        return cooling() == null && breaker.mayPermit();
    }

    void failed(Failure failure) {
        lastFailure = new LastFailure(failure, now());
        var asked = failure.coolDown();
        if (asked != null && asked.isPositive()) {
            var wait = asked.compareTo(longestCooling) < 0 ? asked : longestCooling;
            cooling.accumulateAndGet(
                    new Cooling(now().plus(wait), failure.coolDownCause()),
                    (held, newest) ->
                            held != null && newest != null && held.until.isAfter(newest.until) ? held : newest);
        }
    }

    @Nullable
    LastFailure lastFailure() {
        return lastFailure;
    }

    /** The number of the last choice that fell on it; 0 = none. */
    long turn() {
        return turn;
    }

    void turn(long number) {
        turn = number;
    }

    DeploymentStatus status() {
        var cool = cooling();
        var last = lastFailure;
        var state =
                switch (breaker.state()) {
                    case OPEN -> DeploymentStatus.State.OPEN;
                    case HALF_OPEN -> DeploymentStatus.State.HALF_OPEN;
                    default -> cool == null ? DeploymentStatus.State.CLOSED : DeploymentStatus.State.COOLING;
                };
        return new DeploymentStatus(
                target.deploymentId(),
                target.model(),
                target.provider().id(),
                state,
                inFlight.get(),
                duration(streams),
                duration(wholes),
                switch (state) {
                    case OPEN -> breaker.retryAfter();
                    case COOLING -> cool == null ? null : cool.retryAfter();
                    case CLOSED, HALF_OPEN -> null;
                },
                last == null ? null : last.failure.wire(),
                last == null ? null : last.at);
    }

    private static @Nullable Duration duration(Latency latency) {
        var average = latency.average();
        return average == null ? null : average.duration();
    }
}
