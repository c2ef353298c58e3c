package io.llmplatform.proxy.route;

import static io.llmplatform.proxy.route.DeploymentStatus.State.CLOSED;
import static io.llmplatform.proxy.route.DeploymentStatus.State.OPEN;
import static io.llmplatform.proxy.route.Fleet.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.proxy.config.ProviderConfig;
import io.llmplatform.proxy.route.Failure.Kind;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeploymentStatesTest {
    private final Fleet fleet = new Fleet();

    @Test
    void deploymentsThatVanishAreForgotten() {
        fleet.model("m", null, deployment("a", 1));
        fleet.model("n", null, deployment("b", 1));
        open();
        fleet.journey("n", Fleet.ASK).next().succeeded();
        fleet.states.follow(fleet.config());
        assertThat(fleet.states.all())
                .extracting(DeploymentStatus::deploymentId)
                .containsExactlyInAnyOrder("a", "b");

        var late = fleet.journey("n", Fleet.ASK).next();
        fleet.model("n", null);
        fleet.states.follow(fleet.config());
        assertThat(fleet.states.all())
                .extracting(DeploymentStatus::deploymentId)
                .containsExactly("a");
        assertThat(fleet.status("a").state()).isEqualTo(OPEN);
        late.failed(Failure.of(Kind.BROKEN));
        assertThat(fleet.states.all()).hasSize(1);
    }

    static Stream<ProviderConfig> changes() {
        return Stream.of(
                Fleet.provider("prv_1", "openai", 2, true, "https://elsewhere.example/v1", "secret"),
                Fleet.provider("prv_1", "openai", 2, true, "https://prv_1.example/v1", "rotated"),
                Fleet.provider("prv_1", "openai", 2, true, "https://prv_1.example/v1", null),
                Fleet.provider("prv_1", "deepseek", 2, true, "https://prv_1.example/v1", "secret"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aProviderThatMovedOrGotAnotherSecretStartsAnew(ProviderConfig changed) {
        fleet.model("m", null, deployment("a", 1));
        var underWay = fleet.journey().next();
        open();
        var before = fleet.journey();
        fleet.providers.put("prv_1", changed);
        var lease = fleet.journey().next();
        assertThat(lease.target().provider()).isSameAs(changed);
        assertThat(fleet.status("a").state()).isEqualTo(CLOSED);
        assertThat(fleet.status("a").lastError()).isNull();
        assertThat(fleet.status("a").inFlight()).isEqualTo(2);
        underWay.succeeded();
        lease.succeeded();
        assertThat(fleet.status("a").inFlight()).isZero();

        // A request that began before the change goes on by what it knew, and brings nothing old back.
        fleet.journey().next().failed(Failure.status(500, null));
        var late = before.next();
        assertThat(late.target().provider()).isNotSameAs(changed);
        late.succeeded();
        assertThat(fleet.status("a").lastError()).isEqualTo("status_500");
        assertThat(fleet.journey().next().target().provider()).isSameAs(changed);
    }

    @Test
    void aProviderThatWasOnlyRenamedStaysAsItIs() {
        fleet.model("m", null, deployment("a", 1));
        open();
        fleet.providers.put("prv_1", Fleet.provider("prv_1", "openai", 2, true, "https://prv_1.example/v1", "secret"));
        assertThat(fleet.journey().next()).isNull();
    }

    @Test
    void aDeploymentMovedToAnotherProviderStartsAnew() {
        fleet.model("m", null, deployment("a", 1));
        open();
        fleet.model("m", null, deployment("a", "prv_2", 1, null, null, null, null));
        assertThat(fleet.journey().next()).isNotNull();
        assertThat(fleet.status("a").providerId()).isEqualTo("prv_2");
    }

    @Test
    void nothingIsLostWhenManyLoopsUseItAtOnce() throws Exception {
        int loops = 8;
        int calls = 5000;
        RandomGenerator shared = () -> ThreadLocalRandom.current().nextLong();
        fleet.router = new Router(fleet.states, Gate.OPEN, shared);
        fleet.model("m", null, deployment("a", 1), deployment("b", 2), deployment("c", 1));
        var config = fleet.config();
        var model = fleet.models.get("m");
        var together = new CyclicBarrier(loops);
        try (var threads = Executors.newFixedThreadPool(loops)) {
            var work = new ArrayList<Callable<Integer>>();
            for (int loop = 0; loop < loops; loop++) {
                var random = new SplittableRandom(loop);
                work.add(() -> {
                    together.await();
                    int served = 0;
                    for (int i = 0; i < calls; i++) {
                        var journey = fleet.router.journey(model, config, Fleet.ASK, any -> true, any -> true);
                        for (var lease = journey.next(); lease != null; lease = journey.next()) {
                            if (lease.target().deploymentId().equals("c")) {
                                lease.failed(Failure.of(Kind.UNREACHABLE));
                            } else if (random.nextInt(10) == 0) {
                                lease.released();
                            } else {
                                lease.firstByte();
                                lease.succeeded();
                                served++;
                                break;
                            }
                        }
                    }
                    return served;
                });
            }
            int served = 0;
            for (var each : threads.invokeAll(work)) {
                served += each.get();
            }
            // A request fails only when both good deployments happened to be released: one in a hundred.
            assertThat(served).isBetween(loops * calls * 98 / 100, loops * calls);
        }
        assertThat(fleet.states.all()).hasSize(3).allMatch(status -> status.inFlight() == 0);
        assertThat(fleet.status("a").state()).isEqualTo(CLOSED);
        assertThat(fleet.status("b").state()).isEqualTo(CLOSED);
        assertThat(fleet.status("c").state()).isEqualTo(OPEN);
    }

    @Test
    void ofManyLoopsExactlyTwoGetATrial() throws Exception {
        fleet.model("m", null, deployment("a", 1));
        open();
        fleet.clock.advance(fleet.status("a").freeIn());
        int loops = 8;
        var together = new CyclicBarrier(loops);
        var config = fleet.config();
        try (var threads = Executors.newFixedThreadPool(loops)) {
            var work = new ArrayList<Callable<Boolean>>();
            for (int loop = 0; loop < loops; loop++) {
                work.add(() -> {
                    together.await();
                    return fleet.router
                                    .journey(fleet.models.get("m"), config, Fleet.ASK, any -> true, any -> true)
                                    .next()
                            != null;
                });
            }
            int admitted = 0;
            for (var each : threads.invokeAll(work)) {
                admitted += each.get() ? 1 : 0;
            }
            assertThat(admitted).isEqualTo(2);
        }
    }

    private void open() {
        for (int i = 0; i < 5; i++) {
            fleet.journey().next().failed(Failure.of(Kind.UNREACHABLE));
        }
        assertThat(fleet.status("a").state()).isEqualTo(OPEN);
    }
}
