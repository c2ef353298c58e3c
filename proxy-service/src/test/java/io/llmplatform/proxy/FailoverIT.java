package io.llmplatform.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.contracts.policy.Routing;
import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import io.llmplatform.proxy.route.DeploymentStates;
import io.llmplatform.proxy.route.DeploymentStatus;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FailoverIT {
    private static final String ANSWER = Canned.whole(Ingress.CHAT.operation);
    private static Platform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.shared();
    }

    private static DeploymentStatus.State state(String deployment) {
        return platform.context.getBean(DeploymentStates.class).all().stream()
                .filter(status -> status.deploymentId().equals(deployment))
                .findFirst()
                .map(DeploymentStatus::state)
                .orElse(DeploymentStatus.State.CLOSED);
    }

    private static UsageRecord usage(HttpResponse<?> response) {
        return platform.usage.of(Platform.requestId(response));
    }

    @Test
    void nobodySeesThatADeploymentIsKilledUnderLoad() throws Exception {
        var model = "killed";
        var doomed = new ScriptedUpstream();
        int port = doomed.port();
        ScriptedUpstream.Script script = (request, response) -> response.end(ANSWER);
        doomed.script(model, script);
        platform.upstream.script(model, script);
        platform.config.provider("doomed", "openai", doomed.url(), null);
        platform.serve(new ModelDraft(model).at("doomed", "p-openai"));
        var killed = ModelDraft.deployment(model, "doomed");

        var answered = new AtomicInteger();
        var stop = new AtomicBoolean();
        var load = Thread.ofVirtual().start(() -> {
            await().atMost(Duration.ofSeconds(30)).until(() -> answered.get() > 100);
            doomed.close();
            await().atMost(Duration.ofSeconds(30)).until(() -> state(killed) == DeploymentStatus.State.OPEN);
            stop.set(true);
        });
        var failures = InParallel.times(50, () -> {
            var bad = new HashSet<String>();
            while (!stop.get()) {
                var response = platform.chat(model, "");
                answered.incrementAndGet();
                if (response.statusCode() != 200) {
                    bad.add(response.statusCode() + response.body());
                }
            }
            return bad;
        });
        load.join();
        assertThat(failures).allSatisfy(bad -> assertThat(bad).isEmpty());
        assertThat(state(killed)).isEqualTo(DeploymentStatus.State.OPEN);

        try (var recovered = new ScriptedUpstream(port)) {
            recovered.script(model, script);
            recovered.scriptPath("/v1/models", (request, response) -> response.end("{}"));
            await("the breaker closes")
                    .atMost(Duration.ofSeconds(40))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        assertThat(platform.chat(model, "").statusCode()).isEqualTo(200);
                        return state(killed) == DeploymentStatus.State.CLOSED && recovered.countOf(model) > 0;
                    });
        }
    }

    @Test
    void nobodySeesThatADeploymentFails() throws Exception {
        var model = "sick";
        var sick = new AtomicBoolean(true);
        platform.upstream.script(model, (request, response) -> {
            if (sick.get() && request.path().startsWith("/sick")) {
                response.setStatusCode(500).end("{}");
            } else {
                response.end(ANSWER);
            }
        });
        platform.config.provider("sick", "openai", platform.upstream.origin() + "/sick", null);
        platform.serve(new ModelDraft(model).at("sick", "p-openai"));
        var answers = InParallel.times(50, () -> platform.chat(model, ""));
        assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
        var failing = ModelDraft.deployment(model, "sick");
        assertThat(state(failing)).isEqualTo(DeploymentStatus.State.OPEN);
        var retried = answers.stream()
                .filter(answer ->
                        answer.headers().firstValue("x-platform-attempts").equals(java.util.Optional.of("2")))
                .findFirst()
                .orElseThrow();
        assertThat(usage(retried).trail())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .matches(attempt -> attempt.deployment().equals(failing)
                                        && attempt.result().equals("status_500")),
                        second -> assertThat(second.result()).isEqualTo("ok"));
        var metrics = platform.context.getBean(io.micrometer.core.instrument.MeterRegistry.class);
        await().until(() -> metrics.find("gateway.deployment.state")
                                .tag("deployment", failing)
                                .gauge()
                        != null
                && metrics.find("gateway.deployment.state")
                                .tag("deployment", failing)
                                .gauge()
                                .value()
                        == 1);

        // While it is open nobody asks there.
        var before = callsAt("/sick", model);
        assertThat(InParallel.times(20, () -> platform.chat(model, "")))
                .allMatch(answer ->
                        answer.headers().firstValue("x-platform-attempts").equals(java.util.Optional.of("1")));
        assertThat(callsAt("/sick", model)).isEqualTo(before);

        sick.set(false);
        await("the breaker closes")
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    assertThat(platform.chat(model, "").statusCode()).isEqualTo(200);
                    return state(failing) == DeploymentStatus.State.CLOSED;
                });
    }

    private static long callsAt(String prefix, String model) {
        return platform.upstream.calls.stream()
                .filter(call -> call.uri().startsWith(prefix) && call.model().equals("up-" + model))
                .count();
    }

    @Test
    void aFallbackModelAnswersAndIsToldAndPaidFor() throws Exception {
        platform.upstream.script("fallback-last", (request, response) -> response.end(ANSWER));
        platform.upstream.script("fallback-middle", (request, response) -> response.setStatusCode(503)
                .end("{}"));
        platform.upstream.script("fallback-first", (request, response) -> response.setStatusCode(503)
                .end("{}"));
        platform.config.model(new ModelDraft("fallback-last")
                .at("p-openai")
                .priced(new io.llmplatform.contracts.event.ModelEvent.Price(
                        "USD", new java.math.BigDecimal("1000"), java.math.BigDecimal.ZERO, null)));
        platform.config.model(new ModelDraft("fallback-middle").at("p-openai"));
        platform.serve(new ModelDraft("fallback-first")
                .at("p-openai")
                .routed(new Routing(null, List.of("fallback-middle", "fallback-last"), null)));
        var response = platform.chat("fallback-first", "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-platform-model")).contains("fallback-last");
        var record = usage(response);
        assertThat(record.model()).isEqualTo("fallback-first");
        assertThat(record.servedModel()).isEqualTo("fallback-last");
        assertThat(record.upstreamModel()).isEqualTo("up-fallback-last");
        assertThat(record.trail())
                .extracting(UsageRecord.Attempt::result)
                .containsExactly("status_503", "status_503", "ok");
        assertThat(record.cost()).isEqualByComparingTo("0.1");
        assertThat(response.headers()
                        .firstValue("x-platform-cost")
                        .map(java.math.BigDecimal::new)
                        .orElseThrow())
                .isEqualByComparingTo(record.cost());
    }

    @Test
    void lowerPrioritiesAreAskedOnlyWhenTheHigherOnesFail() throws Exception {
        var model = "ranked";
        var away = new AtomicBoolean();
        platform.upstream.script(model, (request, response) -> response.setStatusCode(
                        away.get() && request.path().startsWith("/v1beta") ? 503 : 200)
                .end(
                        request.path().startsWith("/v1beta")
                                ? Canned.whole(io.llmplatform.proxy.api.Operation.GEMINI_CONTENT)
                                : ANSWER));
        platform.serve(new ModelDraft(model).at("p-gemini", 0, null).at("p-openai", 1, null));
        for (int i = 0; i < 5; i++) {
            assertThat(platform.chat(model, "").headers().firstValue("x-platform-deployment"))
                    .contains(ModelDraft.deployment(model, "p-gemini"));
        }
        away.set(true);
        assertThat(platform.chat(model, "").headers().firstValue("x-platform-deployment"))
                .contains(ModelDraft.deployment(model, "p-openai"));
    }

    @Test
    void whoBelongsTogetherStaysTogether() throws Exception {
        ScriptedUpstream.Script script = (request, response) -> response.end(ANSWER);
        platform.upstream.script("sticky-user", script);
        platform.upstream.script("sticky-header", script);
        platform.config.model(new ModelDraft("sticky-user")
                .at("p-openai", "p-compatible", "p-deepseek")
                .routed(new Routing(Routing.Strategy.ROUND_ROBIN, null, "user")));
        platform.serve(new ModelDraft("sticky-header")
                .at("p-openai", "p-compatible", "p-deepseek")
                .routed(new Routing(Routing.Strategy.ROUND_ROBIN, null, "header:x-session")));
        var used = new HashSet<String>();
        for (int user = 0; user < 12; user++) {
            var own = new HashSet<String>();
            for (int i = 0; i < 4; i++) {
                own.add(deployment(platform.chat("sticky-user", ",\"user\":\"u" + user + "\"")));
            }
            assertThat(own).hasSize(1);
            used.addAll(own);
        }
        assertThat(used).hasSizeGreaterThan(1);
        var bySession = new HashSet<String>();
        for (int i = 0; i < 6; i++) {
            bySession.add(deployment(Platform.send(
                    platform.port,
                    "POST",
                    "/v1/chat/completions",
                    Map.of("Authorization", "Bearer " + platform.key, "X-Session", "s1"),
                    Platform.chatBody("sticky-header", ""))));
        }
        assertThat(bySession).hasSize(1);
        var spread = new HashSet<String>();
        for (int i = 0; i < 3; i++) {
            spread.add(deployment(platform.chat("sticky-user", "")));
        }
        assertThat(spread).as("round robin for who has no name").hasSize(3);
    }

    private static String deployment(HttpResponse<String> response) {
        return response.headers().firstValue("x-platform-deployment").orElseThrow();
    }

    @Test
    void whenAllDeploymentsAreAwayTheClientIsToldWhenToComeAgain() throws Exception {
        platform.upstream.script(
                "gone", (request, response) -> response.setStatusCode(500).end("{}"));
        platform.serve(new ModelDraft("gone").at("p-openai"));
        await().until(() -> {
            platform.chat("gone", "");
            return state(ModelDraft.deployment("gone", "p-openai")) == DeploymentStatus.State.OPEN;
        });
        var response = platform.chat("gone", "");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValueAsLong("retry-after").orElseThrow())
                .isBetween(1L, 13L);
        assertThat(Ingress.read(response.body()).at("/error/code").asString()).isEqualTo("no_deployment");
        assertThat(usage(response)).matches(record -> record.outcome() == Outcome.REJECTED && record.attempts() == 0);
    }
}
