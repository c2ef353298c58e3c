package io.llmplatform.proxy.route;

import static io.llmplatform.proxy.route.Fleet.at;
import static io.llmplatform.proxy.route.Fleet.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.policy.Routing;
import io.llmplatform.contracts.policy.Routing.Strategy;
import io.llmplatform.proxy.api.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StickyTest {
    private static final int USERS = 4000;
    private static final Routing BY_USER = new Routing(Strategy.WEIGHTED, null, "user");
    private static final Routing BY_HEADER = new Routing(Strategy.ROUND_ROBIN, null, "header:X-Session");

    private final Fleet fleet = new Fleet();

    @Test
    void oneUserStaysOnOneDeploymentAndUsersSpreadByWeight() {
        fleet.model("m", BY_USER, deployment("dep_1", 1), deployment("dep_2", 3));
        var counts = new TreeMap<String, Integer>();
        for (int i = 0; i < USERS; i++) {
            var ask = Fleet.ask("user-" + i);
            var first = fleet.choice(ask);
            assertThat(fleet.choice(ask)).isEqualTo(first);
            counts.merge(first, 1, Integer::sum);
        }
        assertThat(counts.get("dep_1")).isBetween(900, 1100);
    }

    @Test
    void restartsAndOtherGatewaysChooseTheSame() {
        fleet.model("m", BY_USER, deployment("dep_1", 1), deployment("dep_2", 1), deployment("dep_3", 1));
        var other = new Fleet();
        other.random.setSeed(1);
        other.model("m", BY_USER, deployment("dep_3", 1), deployment("dep_1", 1), deployment("dep_2", 1));
        for (int i = 0; i < 300; i++) {
            var ask = Fleet.ask("user-" + i);
            assertThat(other.choice(ask)).isEqualTo(fleet.choice(ask));
        }
        // Pinned: a change of the hash would throw away every prompt cache at once.
        var homes = new StringBuilder();
        for (int i = 0; i < 24; i++) {
            homes.append(fleet.choice(Fleet.ask("user-" + i)).substring("dep_".length()));
        }
        assertThat(homes).hasToString("221122231332323113231331");
    }

    @Test
    void aDeploymentThatJoinsTakesItsShareAndMovesNobodyElse() {
        fleet.model("m", BY_USER, deployment("dep_1", 1), deployment("dep_2", 1), deployment("dep_3", 1));
        var before = new HashMap<String, String>();
        for (int i = 0; i < USERS; i++) {
            before.put("user-" + i, fleet.choice(Fleet.ask("user-" + i)));
        }
        fleet.model(
                "m",
                BY_USER,
                deployment("dep_1", 1),
                deployment("dep_2", 1),
                deployment("dep_3", 1),
                deployment("dep_4", 1));
        int moved = 0;
        for (var entry : before.entrySet()) {
            var now = fleet.choice(Fleet.ask(entry.getKey()));
            if (!now.equals(entry.getValue())) {
                assertThat(now).isEqualTo("dep_4");
                moved++;
            }
        }
        assertThat(moved).isBetween(USERS / 4 - 120, USERS / 4 + 120);
    }

    @Test
    void byHeaderAndWithoutItByStrategy() {
        fleet.model("m", BY_HEADER, deployment("dep_1", 1), deployment("dep_2", 1));
        var one = fleet.choice(session("s1"));
        for (int i = 0; i < 20; i++) {
            assertThat(fleet.choice(session("s1"))).isEqualTo(one);
        }
        for (var without : new Ask[] {session(null), session(""), Fleet.ask("user is not asked for")}) {
            var first = fleet.choice(without);
            assertThat(fleet.choice(without)).isNotEqualTo(first);
        }
    }

    @Test
    void whoseDeploymentCannotServeGoesByStrategyAndComesBackLater() {
        fleet.model(
                "m", BY_HEADER, deployment("dep_1", 1), deployment("dep_2", 1), deployment("dep_3", 1), at(1, "far"));
        var ask = session("s1");
        var home = fleet.choice(ask);
        var journey = fleet.journey("m", ask);
        var lease = journey.next();
        assertThat(lease.target().deploymentId()).isEqualTo(home);
        lease.failed(Failure.status(429, Duration.ofSeconds(5)));

        var second = journey.next().target().deploymentId();
        assertThat(second).isNotIn(home, "far");
        assertThat(fleet.choice(ask)).isNotIn(home, second, "far");
        fleet.clock.advance(Duration.ofSeconds(5));
        assertThat(fleet.choice(ask)).isEqualTo(home);
    }

    private static Ask session(String id) {
        return new Ask(
                Operation.CHAT,
                true,
                () -> 0,
                Map.of(),
                null,
                name -> name.equalsIgnoreCase("x-session") ? id : null,
                Instant.EPOCH);
    }
}
