package io.llmplatform.proxy.route;

import static io.llmplatform.proxy.route.DeploymentStatus.State.CLOSED;
import static io.llmplatform.proxy.route.DeploymentStatus.State.HALF_OPEN;
import static io.llmplatform.proxy.route.DeploymentStatus.State.OPEN;
import static io.llmplatform.proxy.route.Fleet.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.proxy.route.Failure.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProberTest {
    private final Fleet fleet = new Fleet();
    private final List<String> probed = new ArrayList<>();
    private Future<Boolean> answer = Future.succeededFuture(false);
    private final Prober prober = new Prober(
            fleet.states,
            provider -> {
                probed.add(provider.id());
                return answer;
            },
            fleet.clock,
            fleet.random);

    @Test
    void onlyTheUnreachableAreProbedEveryTenSecondsOrSo() {
        serve("well", "prv_2", "anthropic");
        serve("away", "prv_1", "openai");
        fleet.journey("well", Fleet.ASK).next().succeeded();
        tick(30);
        assertThat(probed).isEmpty();

        fail("away", Failure.of(Kind.UNREACHABLE));
        var times = new ArrayList<Instant>();
        for (int second = 0; second < 100; second++) {
            int before = probed.size();
            tick(1);
            if (probed.size() > before) {
                times.add(fleet.clock.instant());
            }
        }
        assertThat(probed).containsOnly("prv_1");
        assertThat(times).hasSizeBetween(8, 12);
        for (int i = 1; i < times.size(); i++) {
            assertThat(Duration.between(times.get(i - 1), times.get(i)).toSeconds())
                    .isBetween(8L, 13L);
        }
        assertThat(fleet.status("dep_away").state()).isEqualTo(OPEN);
    }

    @Test
    void whoAnswersAgainGetsTrialsAtOnce() {
        fleet.model("n", null, deployment("dep_second", 1));
        serve("away", "prv_1", "openai");
        fail("away", Failure.of(Kind.UNREACHABLE));
        fail("n", Failure.status(503, null));
        // Long enough open for the probe to come first.
        for (var model : List.of("away", "n")) {
            fleet.clock.advance(Duration.ofSeconds(12).plusMillis(1));
            fleet.journey(model, Fleet.ASK).next().failed(Failure.of(Kind.UNREACHABLE));
            fleet.journey(model, Fleet.ASK).next().failed(Failure.of(Kind.UNREACHABLE));
        }
        tick(11);
        assertThat(fleet.status("dep_away").state()).isEqualTo(OPEN);
        probed.clear();
        answer = Future.succeededFuture(true);
        while (probed.isEmpty()) {
            tick(1);
        }
        assertThat(fleet.status("dep_away").state()).isEqualTo(HALF_OPEN);
        assertThat(fleet.status("dep_second").state()).isEqualTo(HALF_OPEN);
        fleet.journey("away", Fleet.ASK).next().succeeded();
        fleet.journey("away", Fleet.ASK).next().succeeded();
        assertThat(fleet.status("dep_away").state()).isEqualTo(CLOSED);
        tick(30);
        assertThat(probed).hasSize(1);
    }

    @Test
    void whatAProbeCannotSeeIsLeftToTheBreaker() {
        answer = Future.succeededFuture(true);
        serve("m", "prv_1", "openai");
        fail("m", Failure.status(500, null));
        tick(60);
        serve("o", "prv_2", "openai");
        fail("o", Failure.of(Kind.FIRST_BYTE_TIMEOUT));
        tick(60);
        serve("p", "prv_3", "openai");
        fleet.journey("p", Fleet.ASK).next().failed(Failure.status(429, Duration.ofMinutes(2)));
        tick(60);
        serve("q", "prv_4", "mock");
        fail("q", Failure.of(Kind.UNREACHABLE));
        tick(60);
        assertThat(probed).isEmpty();
    }

    @Test
    void aProviderThatWasDisabledOrRemovedIsNotProbed() {
        serve("m", "prv_1", "openai");
        fail("m", Failure.of(Kind.UNREACHABLE));
        fleet.providers.put("prv_1", Fleet.provider("prv_1", "openai", 2, false, "https://prv_1.example/v1", "secret"));
        tick(30);
        fleet.providers.remove("prv_1");
        tick(30);
        assertThat(probed).isEmpty();
        assertThat(fleet.states.all()).hasSize(1);
        fleet.models.clear();
        tick(1);
        assertThat(fleet.states.all()).isEmpty();
    }

    @Test
    void aSlowProbeIsNotRepeatedUntilItEndsAndABrokenOneDoesNoHarm() {
        serve("m", "prv_1", "openai");
        fail("m", Failure.of(Kind.UNREACHABLE));
        var slow = Promise.<Boolean>promise();
        answer = slow.future();
        tick(60);
        assertThat(probed).hasSize(1);
        slow.fail(new IllegalStateException("no route"));
        answer = Future.succeededFuture(null);
        tick(60);
        assertThat(probed).hasSizeGreaterThan(4);

        var failing = new Prober(
                fleet.states,
                provider -> {
                    probed.add("thrown");
                    throw new IllegalStateException("broken probe");
                },
                fleet.clock,
                fleet.random);
        for (int second = 0; second < 30; second++) {
            fleet.clock.advance(Duration.ofSeconds(1));
            failing.tick(fleet.config());
        }
        assertThat(probed.stream().filter("thrown"::equals)).hasSizeBetween(2, 3);
        assertThat(fleet.status("dep_m").state()).isEqualTo(OPEN);
    }

    private void serve(String model, String provider, String type) {
        fleet.provider(provider, type);
        fleet.model(model, null, deployment("dep_" + model, provider, 1, null, null, null, null));
    }

    private void fail(String model, Failure failure) {
        for (int i = 0; i < 5; i++) {
            fleet.journey(model, Fleet.ASK).next().failed(failure);
        }
    }

    private void tick(int seconds) {
        for (int second = 0; second < seconds; second++) {
            fleet.clock.advance(Duration.ofSeconds(1));
            prober.tick(fleet.config());
        }
    }
}
