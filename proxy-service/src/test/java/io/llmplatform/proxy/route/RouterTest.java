package io.llmplatform.proxy.route;

import static io.llmplatform.proxy.route.Fleet.ASK;
import static io.llmplatform.proxy.route.Fleet.at;
import static io.llmplatform.proxy.route.Fleet.deployment;
import static io.llmplatform.proxy.route.Fleet.fallbacks;
import static io.llmplatform.proxy.route.Fleet.limited;
import static io.llmplatform.proxy.route.Fleet.routing;
import static io.llmplatform.proxy.route.Fleet.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.policy.Condition;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.contracts.policy.Routing.Strategy;
import io.llmplatform.proxy.api.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RouterTest {
    private final Fleet fleet = new Fleet();

    @Test
    void trafficFollowsTheWeights() {
        fleet.model("m", null, deployment("a", 1), deployment("b", 3), deployment("c", 6));
        var counts = fleet.choices(10_000);
        assertThat(counts.get("a")).isBetween(900, 1100);
        assertThat(counts.get("b")).isBetween(2850, 3150);
        assertThat(counts.get("c")).isBetween(5850, 6150);
    }

    @Test
    void aTargetSaysWhichModelItServesAndHowItIsCalledThere() {
        fleet.model("m", fallbacks("n"));
        fleet.model("n", null, deployment("x", 1));
        var target = fleet.journey().next().target();
        assertThat(target.model()).isEqualTo("n");
        assertThat(target.deploymentId()).isEqualTo("x");
        assertThat(target.upstreamModel()).isEqualTo("up-x");
        assertThat(target.provider()).isSameAs(fleet.providers.get("prv_1"));
    }

    @Test
    void nobodyIsTriedTwiceOnOneJourneyUnlessAgainIsAskedFor() {
        fleet.model("m", null, deployment("a", 1), deployment("b", 1), deployment("c", 1));
        var journey = fleet.journey();
        assertThat(drain(journey)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(journey.another()).isFalse();
        assertThat(journey.shortage()).isEqualTo(new Shortage.Exhausted());
        assertThat(journey.again()).isNotNull();
        assertThat(journey.another()).isTrue();
    }

    @Test
    void aWorsePriorityServesOnlyWhenNoBetterOneCan() {
        fleet.model("m", null, at(5, "c"), at(0, "a1"), deployment("a2", 1), at(1, "b"));
        assertThat(fleet.choices(200)).containsOnlyKeys("a1", "a2");

        var order = drain(fleet.journey());
        assertThat(order.subList(0, 2)).containsExactlyInAnyOrder("a1", "a2");
        assertThat(order.subList(2, 4)).containsExactly("b", "c");

        open("a1");
        open("a2");
        assertThat(fleet.choices(50)).containsOnlyKeys("b");
    }

    @Test
    void allThatAConditionGivesMustHold() {
        fleet.model(
                "m",
                null,
                when("embeds", new Condition(List.of("embeddings"), null, null, null, null)),
                when("whole", new Condition(null, false, null, null, null)),
                when("short", new Condition(null, true, null, 999L, null)),
                when("exact", new Condition(null, null, 1000L, 1000L, null)),
                when("gold", new Condition(List.of(), null, 1001L, null, Map.of("tier", "gold", "region", "eu"))));
        assertThat(drain(fleet.journey("m", ASK))).containsExactly("exact");
        assertThat(drain(fleet.journey("m", ask(Operation.CHAT, true, 10, Map.of()))))
                .containsExactly("short");
        assertThat(drain(fleet.journey("m", ask(Operation.EMBEDDINGS, false, 5000, Map.of()))))
                .containsExactlyInAnyOrder("embeds", "whole");
        assertThat(drain(fleet.journey("m", ask(Operation.CHAT, true, 5000, Map.of("tier", "gold")))))
                .isEmpty();
        assertThat(drain(fleet.journey(
                        "m", ask(Operation.CHAT, true, 5000, Map.of("tier", "gold", "region", "eu", "more", "1")))))
                .containsExactly("gold");
    }

    @Test
    void thePromptIsCountedAtMostOnceAndOnlyWhenItMatters() {
        var counted = new AtomicInteger();
        var ask = new Ask(Operation.CHAT, true, counted::incrementAndGet, Map.of(), null, name -> null, Instant.EPOCH);
        fleet.model("m", routing(Strategy.LEAST_BUSY), deployment("a", 1), deployment("b", 1));
        drain(fleet.journey("m", ask));
        assertThat(counted).hasValue(0);

        fleet.model(
                "m",
                routing(Strategy.LOWEST_COST),
                when("a", new Condition(null, null, 1L, null, null)),
                limited("b", new Limits(null, 5L, null)));
        assertThat(drain(fleet.journey("m", ask))).hasSize(2);
        assertThat(counted).hasValue(1);
    }

    @Test
    void fallbacksFollowInTheirOrderEachOnceAndOnlyThoseTheCallerMayUse() {
        fleet.model("m", fallbacks("denied", "n", "m", "off", "n", "absent", "o"), deployment("a", 1));
        fleet.model("denied", null, deployment("d", 1));
        fleet.model("n", fallbacks("m", "beyond"), deployment("b", 1));
        fleet.model("off", false, null, null, deployment("x", 1));
        fleet.model("beyond", null, deployment("y", 1));
        fleet.model("o", null, deployment("c", 1));
        fleet.mayCall = name -> !name.equals("denied");
        assertThat(drain(fleet.journey())).containsExactly("a", "b", "c");
    }

    @Test
    void aFallbackIsChosenByItsOwnStrategy() {
        fleet.model("m", fallbacks("n"));
        fleet.model("n", routing(Strategy.ROUND_ROBIN), deployment("a", 1), deployment("b", 100));
        assertThat(fleet.choices(10)).containsEntry("a", 5).containsEntry("b", 5);
    }

    @Test
    void whyThereIsNoneIsToldApart() {
        fleet.model("m", null);
        assertThat(shortage(ASK)).isEqualTo(new Shortage.NotConfigured());

        fleet.model("m", null, deployment("a", "gone", 1, null, null, null, null), deployment("b", 1));
        fleet.providers.put("prv_1", Fleet.provider("prv_1", "openai", 2, false, "https://x/v1", "s"));
        assertThat(shortage(ASK)).isEqualTo(new Shortage.NotConfigured());

        fleet.provider("prv_1", "openai");
        fleet.servable = target -> target.provider().type().equals("anthropic");
        assertThat(shortage(ASK)).isEqualTo(new Shortage.NotServable());

        fleet.servable = target -> true;
        fleet.model("m", null, when("a", new Condition(null, false, null, null, null)));
        assertThat(shortage(ASK)).isEqualTo(new Shortage.NotMatched());
    }

    @Test
    void ofThoseThatAreBusyTheSoonestToBeFreeIsNamed() {
        fleet.model("m", null, deployment("a", 1), deployment("b", 1));
        open("a");
        var journey = fleet.journey();
        journey.next().failed(Failure.status(429, Duration.ofSeconds(4)));
        assertThat(fleet.journey().another()).isFalse();
        var busy = (Shortage.Busy) shortage(ASK);
        assertThat(busy).isEqualTo(new Shortage.Busy(Shortage.Cause.RATE_LIMITED, Duration.ofSeconds(4)));
        assertThat(busy.status()).isEqualTo(429);

        fleet.model("m", null, deployment("a", 1));
        busy = (Shortage.Busy) shortage(ASK);
        assertThat(busy.cause()).isEqualTo(Shortage.Cause.BREAKER_OPEN);
        assertThat(busy.status()).isEqualTo(503);
        assertThat(busy.retryAfter()).isBetween(Duration.ofSeconds(8), Duration.ofMillis(12_001));
    }

    @Test
    void aDeploymentAtItsLimitIsPassedByAndItsPlaceGivenBackWithTheTokensUsed() {
        var asked = new ArrayList<String>();
        var left = new ArrayList<Long>();
        var full = new AtomicInteger();
        fleet.router = new Router(
                fleet.states,
                (id, limits, tokens) -> {
                    asked.add(id + " " + tokens);
                    return full.get() > 0 ? new Pass.Full(Duration.ofSeconds(7)) : (Pass.Granted) left::add;
                },
                fleet.random);
        fleet.model(
                "m",
                null,
                limited("a", new Limits(10L, 5000L, null)),
                deployment("b", "prv_1", 1, 1, null, new Limits(null, null, 1), null));
        var journey = fleet.journey();
        journey.next().failed(Failure.of(Failure.Kind.UNREACHABLE));
        var second = journey.next();
        second.firstByte();
        second.used(77);
        second.succeeded();
        second.released();
        assertThat(asked).containsExactly("a 1000", "b 0");
        assertThat(left).containsExactly(0L, 77L);

        fleet.journey().next().succeeded();
        var broken = fleet.journey().next();
        broken.firstByte();
        broken.failed(Failure.of(Failure.Kind.BROKEN));
        assertThat(left).containsExactly(0L, 77L, 1000L, 1000L);

        full.set(1);
        assertThat(shortage(ASK)).isEqualTo(new Shortage.Busy(Shortage.Cause.LIMIT, Duration.ofSeconds(7)));
        fleet.model("m", null, limited("a", new Limits(10L, null, null)), deployment("c", 1));
        assertThat(fleet.choices(20)).containsOnlyKeys("c");
    }

    @Test
    void aTrialIsNotUsedUpByALimitThatIsReached() {
        fleet.model("m", null, limited("a", new Limits(1L, null, null)));
        open("a");
        fleet.clock.advance(fleet.status("a").freeIn());
        var unlimited = fleet.router;
        fleet.router =
                new Router(fleet.states, (id, limits, tokens) -> new Pass.Full(Duration.ofSeconds(7)), fleet.random);
        for (int i = 0; i < 5; i++) {
            assertThat(shortage(ASK)).isEqualTo(new Shortage.Busy(Shortage.Cause.LIMIT, Duration.ofSeconds(7)));
        }
        fleet.router = unlimited;
        fleet.journey().next().succeeded();
        fleet.journey().next().succeeded();
        assertThat(fleet.status("a").state()).isEqualTo(DeploymentStatus.State.CLOSED);
    }

    private List<String> drain(Journey journey) {
        var ids = new ArrayList<String>();
        for (var lease = journey.next(); lease != null; lease = journey.next()) {
            ids.add(lease.target().deploymentId());
            lease.released();
        }
        return ids;
    }

    private Shortage shortage(Ask ask) {
        var journey = fleet.journey("m", ask);
        assertThat(journey.next()).isNull();
        return journey.shortage();
    }

    /** By failures of its own, as in life. */
    private void open(String id) {
        var target = fleet.models.get("m").deployments().stream()
                .filter(deployment -> deployment.id().equals(id))
                .map(deployment -> new Target("m", deployment, fleet.providers.get(deployment.providerId())))
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < 5; i++) {
            var entry = fleet.router.enter(fleet.router.candidate(target), ASK);
            ((Router.Entered) entry).lease().failed(Failure.of(Failure.Kind.UNREACHABLE));
        }
        assertThat(fleet.status(id).state()).isEqualTo(DeploymentStatus.State.OPEN);
    }

    private static Ask ask(Operation operation, boolean stream, long tokens, Map<String, String> metadata) {
        return new Ask(operation, stream, () -> tokens, metadata, null, name -> null, Instant.EPOCH);
    }
}
