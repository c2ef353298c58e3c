package io.llmplatform.proxy.route;

import static io.llmplatform.proxy.route.Fleet.ASK;
import static io.llmplatform.proxy.route.Fleet.deployment;
import static io.llmplatform.proxy.route.Fleet.price;
import static io.llmplatform.proxy.route.Fleet.priced;
import static io.llmplatform.proxy.route.Fleet.routing;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.policy.Routing.Strategy;
import io.llmplatform.proxy.api.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrategiesTest {
    private final Fleet fleet = new Fleet();

    @Test
    void roundRobinGoesRoundWhoeverCannotServe() {
        fleet.model("m", routing(Strategy.ROUND_ROBIN), deployment("a", 1), deployment("b", 9), deployment("c", 1));
        var order = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            order.add(fleet.choice(ASK));
        }
        assertThat(order).containsExactly("a", "b", "c", "a", "b", "c");

        var lease = fleet.journey().next();
        lease.failed(Failure.status(429, Duration.ofSeconds(60)));
        assertThat(lease.target().deploymentId()).isEqualTo("a");
        assertThat(List.of(fleet.choice(ASK), fleet.choice(ASK), fleet.choice(ASK), fleet.choice(ASK)))
                .containsExactly("b", "c", "b", "c");
    }

    @Test
    void theLeastBusyHasFewestUnderWayForItsWeight() {
        fleet.model("m", routing(Strategy.LEAST_BUSY), deployment("a", 1), deployment("b", 2));
        var held = new ArrayList<Lease>();
        for (int i = 0; i < 9; i++) {
            held.add(fleet.journey().next());
        }
        assertThat(fleet.status("a").inFlight()).isEqualTo(3);
        assertThat(fleet.status("b").inFlight()).isEqualTo(6);

        held.stream().filter(lease -> lease.target().deploymentId().equals("a")).forEach(Lease::released);
        assertThat(fleet.choices(5)).containsOnlyKeys("a");
        held.forEach(Lease::succeeded);
        assertThat(fleet.status("a").inFlight()).isZero();
        assertThat(fleet.status("b").inFlight()).isZero();
    }

    @Test
    void theFastestServesAndASmallShareExploresTheUnmeasured() {
        fleet.model(
                "m",
                routing(Strategy.LOWEST_LATENCY),
                deployment("fast", 1),
                deployment("slow", 1),
                deployment("new", 1));
        measure("fast", Duration.ofMillis(100));
        measure("slow", Duration.ofMillis(900));
        var counts = fleet.choices(1000);
        assertThat(counts).containsOnlyKeys("fast", "new");
        assertThat(counts.get("new")).isBetween(70, 130);
    }

    @Test
    void aMeasureGrowsStaleAndIsTakenAgainAndFollowsTheChange() {
        fleet.model("m", routing(Strategy.LOWEST_LATENCY), deployment("fast", 1), deployment("slow", 1));
        measure("fast", Duration.ofMillis(100));
        measure("slow", Duration.ofMillis(900));
        assertThat(fleet.choices(200)).containsOnlyKeys("fast");

        fleet.clock.advance(Duration.ofSeconds(61));
        measure("fast", Duration.ofMillis(100));
        assertThat(fleet.choices(500).get("slow")).isBetween(25, 80);

        for (int i = 0; i < 10; i++) {
            measure("slow", Duration.ofMillis(10));
        }
        assertThat(fleet.status("slow").streamLatency()).isLessThan(Duration.ofMillis(110));
        for (int i = 0; i < 3; i++) {
            measure("fast", Duration.ofMillis(300));
        }
        assertThat(fleet.choices(200)).containsOnlyKeys("slow");
    }

    @Test
    void wholeAnswersAreNotComparedWithStreams() {
        fleet.model("m", routing(Strategy.LOWEST_LATENCY), deployment("a", 1), deployment("b", 1));
        measure("a", Duration.ofMillis(100));
        measure("b", Duration.ofMillis(200));
        var whole = new Ask(Operation.CHAT, false, () -> 0, Map.of(), null, name -> null, Instant.EPOCH);
        measure(whole, "a", Duration.ofMillis(9000));
        measure(whole, "b", Duration.ofMillis(5000));
        for (int i = 0; i < 100; i++) {
            assertThat(fleet.choice(ASK)).isEqualTo("a");
            assertThat(fleet.choice(whole)).isEqualTo("b");
        }
        assertThat(fleet.status("a").streamLatency()).isEqualTo(Duration.ofMillis(100));
        assertThat(fleet.status("a").wholeLatency()).isEqualTo(Duration.ofMillis(9000));
    }

    @Test
    void theCheapestForThisPromptServes() {
        fleet.model(
                "m",
                true,
                routing(Strategy.LOWEST_COST),
                price("USD", "3", "3"),
                deployment("by-model", 1),
                priced("cheap-output", price("USD", "4", "0.5")),
                priced("cheap-input", price("USD", "1", "30")),
                priced("elsewhere", price("CNY", "0.01", "0.01")));
        // 1,000 prompt tokens and 256 of an answer: 3768, 4128, 8680 millionths.
        assertThat(fleet.choices(50)).containsOnlyKeys("by-model");
        // 100 and 256: 1068, 528, 7780.
        assertThat(fleet.choice(prompt(100))).isEqualTo("cheap-output");
        // Those that tie share by weight; those that cannot be compared come last.
        fleet.model(
                "m",
                routing(Strategy.LOWEST_COST),
                priced("x", price("EUR", "1", "1")),
                priced("y", price("EUR", "1.0", "1.00")),
                priced("z", price("USD", "0.1", "0.1")));
        assertThat(fleet.choices(100)).containsOnlyKeys("x", "y");
        var journey = fleet.journey();
        journey.next().released();
        journey.next().released();
        assertThat(journey.next().target().deploymentId()).isEqualTo("z");
    }

    private static Ask prompt(long tokens) {
        return new Ask(Operation.CHAT, true, () -> tokens, Map.of(), null, name -> null, Instant.EPOCH);
    }

    private void measure(String id, Duration time) {
        measure(ASK, id, time);
    }

    private void measure(Ask ask, String id, Duration time) {
        var before = fleet.servable;
        fleet.servable = target -> target.deploymentId().equals(id);
        var lease = fleet.journey("m", ask).next();
        fleet.servable = before;
        fleet.clock.advance(time);
        lease.firstByte();
        lease.succeeded();
    }
}
