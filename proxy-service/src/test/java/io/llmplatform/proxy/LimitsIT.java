package io.llmplatform.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import io.llmplatform.testkit.KafkaServer;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class LimitsIT {
    private static final String ANSWER = Canned.whole(Ingress.CHAT.operation);

    /** Nothing for the prompt, 0.001 for a token of the answer, so that a reservation is {@code max_tokens / 1000}. */
    private static final ModelEvent.Price BY_ANSWER =
            new ModelEvent.Price("USD", BigDecimal.ZERO, new BigDecimal("1000"), null);

    private static final AtomicInteger BARRIERS = new AtomicInteger();
    private static Platform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.shared();
        platform.serve("limited-chat", (request, response) -> response.end(ANSWER), "p-openai");
    }

    private static Limits limits(Long requests, Long tokens, Integer concurrency) {
        return new Limits(requests, tokens, concurrency);
    }

    /** A key that the gateway knows. */
    private static String key(KeyDraft draft) throws Exception {
        var key = platform.config.key(draft);
        platform.serve(new ModelDraft("limits-barrier-" + BARRIERS.incrementAndGet()).at("p-openai"));
        return key;
    }

    private static HttpResponse<String> ask(String key, String model, String more) throws Exception {
        return Platform.post(platform.port, "/v1/chat/completions", key, Platform.chatBody(model, more));
    }

    private static HttpResponse<String> ask(String key) throws Exception {
        return ask(key, "gpt-4o", "");
    }

    private static JsonNode error(HttpResponse<String> response) {
        return Ingress.read(response.body()).path("error");
    }

    private static UsageRecord usage(HttpResponse<?> response) {
        return platform.usage.of(Platform.requestId(response));
    }

    /** What SDKs go by: integer seconds, milliseconds that say the same, and the words that Codex reads. */
    private static void assertComeAgain(HttpResponse<String> response, String what) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(429);
        long seconds = response.headers().firstValueAsLong("retry-after").orElseThrow();
        long millis = response.headers().firstValueAsLong("retry-after-ms").orElseThrow();
        assertThat(millis).isBetween(1L, 61_000L);
        assertThat(seconds).isEqualTo((millis + 999) / 1000);
        var error = error(response);
        assertThat(error.propertyNames()).containsExactlyInAnyOrder("message", "type", "param", "code");
        assertThat(error.path("code").asString()).isEqualTo("rate_limit_exceeded");
        assertThat(error.path("message").asString()).contains(what).containsPattern("try again in \\d+(\\.\\d+)?s\\.");
        assertThat(response.headers().firstValue("x-should-retry")).isEmpty();
    }

    @Test
    void ofTwoHundredAtATimeExactlyTheAllowedHundredPass() throws Exception {
        var key = key(new KeyDraft("key_rpm", "usr_1").limits(limits(100L, null, null)));
        var answers = InParallel.times(200, () -> ask(key));
        var passed =
                answers.stream().filter(answer -> answer.statusCode() == 200).toList();
        assertThat(passed).hasSize(100);
        assertThat(passed)
                .allMatch(answer -> answer.headers()
                        .firstValue("x-ratelimit-limit-requests")
                        .orElse("")
                        .equals("100"))
                .allMatch(answer -> answer.headers()
                        .firstValue("x-ratelimit-reset-requests")
                        .orElse("")
                        .matches("[\\d.]+m?s|1m[01](\\.\\d+)?s"));
        assertThat(passed)
                .extracting(answer -> answer.headers()
                        .firstValueAsLong("x-ratelimit-remaining-requests")
                        .orElseThrow())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 100).boxed().toList());
        var refused =
                answers.stream().filter(answer -> answer.statusCode() != 200).toList();
        assertThat(refused).hasSize(100).allSatisfy(answer -> {
            assertComeAgain(answer, "requests per minute of this key");
            assertThat(answer.headers().firstValue("x-ratelimit-remaining-requests"))
                    .contains("0");
        });
        assertThat(usage(refused.getFirst()))
                .matches(record -> record.outcome() == Outcome.REJECTED
                        && record.status() == 429
                        && "rate_limit_exceeded".equals(record.errorCode())
                        && record.attempts() == 0
                        && record.cost().signum() == 0);
    }

    @Test
    void tokensAreReservedByEstimateAndCountedByTheProvidersNumber() throws Exception {
        var key = key(new KeyDraft("key_tpm", "usr_1").limits(limits(null, 200L, null)));
        var first = ask(key, "limited-chat", ",\"max_tokens\":30");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("x-ratelimit-limit-tokens")).contains("200");
        long left =
                first.headers().firstValueAsLong("x-ratelimit-remaining-tokens").orElseThrow();
        assertThat(left).isBetween(130L, 169L);
        // 107 are used by now, not some 40.
        var second = ask(key, "limited-chat", ",\"max_tokens\":120");
        assertComeAgain(second, "tokens per minute of this key");
        assertThat(second.headers().firstValue("x-ratelimit-remaining-tokens")).contains("93");
        var third = ask(key, "limited-chat", ",\"max_tokens\":30");
        assertThat(third.statusCode()).isEqualTo(200);
        var hopeless = ask(key, "limited-chat", ",\"max_tokens\":500");
        assertThat(hopeless.statusCode()).isEqualTo(429);
        assertThat(hopeless.headers().firstValue("x-should-retry")).contains("false");
        assertThat(hopeless.headers().firstValue("retry-after")).isEmpty();
    }

    @Test
    void noMoreThanAllowedAreUnderWayAtATime() throws Exception {
        var held = new Held();
        platform.serve("limited-held", held, "p-openai");
        var key = key(new KeyDraft("key_concurrency", "usr_1").limits(limits(null, null, 3)));
        var running = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 3; i++) {
            running.add(later(() -> ask(key, "limited-held", "")));
        }
        await().until(() -> held.waiting() == 3);
        var refused = InParallel.times(7, () -> ask(key, "limited-held", ""));
        assertThat(refused).allSatisfy(answer -> assertComeAgain(answer, "requests at a time of this key"));
        held.release(ANSWER);
        for (var answer : running) {
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
        assertThat(ask(key, "limited-held", "").statusCode()).isEqualTo(200);
    }

    private static CompletableFuture<HttpResponse<String>> later(
            java.util.concurrent.Callable<HttpResponse<String>> task) {
        var out = new CompletableFuture<HttpResponse<String>>();
        Thread.ofVirtual().start(() -> {
            try {
                out.complete(task.call());
            } catch (Exception e) {
                out.completeExceptionally(e);
            }
        });
        return out;
    }

    @Test
    void aPlaceIsFreeAgainWhenItsClientLeft() throws Exception {
        platform.serve("limited-left", (request, response) -> {}, "p-openai");
        platform.config.user("usr_leaves", null, limits(null, null, 1), null);
        var key = key(new KeyDraft("key_leaves", "usr_leaves"));
        try (var socket = new java.net.Socket("127.0.0.1", platform.port)) {
            var body = Platform.chatBody("limited-left", "");
            socket.getOutputStream()
                    .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + key
                                    + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            await().until(() -> platform.upstream.countOf("limited-left") == 1);
            assertComeAgain(ask(key), "requests at a time of this user");
        }
        await().until(() -> ask(key).statusCode() == 200);
    }

    private static String tokens(int completion) {
        return ANSWER.replace("\"completion_tokens\":7", "\"completion_tokens\":" + completion);
    }

    @Test
    void aBudgetIsNotOvershotByRequestsThatKeepToTheirReservation() throws Exception {
        var held = new Held();
        platform.upstream.script("budgeted-exact", held);
        platform.config.model(new ModelDraft("budgeted-exact").at("p-openai").priced(BY_ANSWER));
        var key = key(new KeyDraft("key_budget", "usr_1").budget("0.070"));
        var first = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 50; i++) {
            first.add(later(() -> ask(key, "budgeted-exact", ",\"max_tokens\":7")));
        }
        await().until(() -> held.waiting() == 10
                && first.stream().filter(CompletableFuture::isDone).count() == 40);
        held.release(tokens(7));
        var spent = BigDecimal.ZERO;
        for (var answer : first) {
            if (answer.get().statusCode() == 200) {
                spent = spent.add(usage(answer.get()).cost());
            } else {
                assertOverBudget(answer.get(), "key");
            }
        }
        assertThat(spent).isEqualByComparingTo("0.07");
        assertOverBudget(ask(key, "budgeted-exact", ",\"max_tokens\":7"), "key");
    }

    @Test
    void aBudgetIsOvershotByWhatRequestsInFlightCostBeyondTheirReservationAndNoMore() throws Exception {
        var held = new Held();
        platform.upstream.script("budgeted-over", held);
        platform.config.model(new ModelDraft("budgeted-over").at("p-openai").priced(BY_ANSWER));
        var key = key(new KeyDraft("key_over", "usr_1").budget("0.070"));
        var first = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 30; i++) {
            first.add(later(() -> ask(key, "budgeted-over", ",\"max_tokens\":7")));
        }
        await().until(() -> held.waiting() == 10
                && first.stream().filter(CompletableFuture::isDone).count() == 20);
        held.release(tokens(70));
        var spent = BigDecimal.ZERO;
        for (var answer : first) {
            spent = spent.add(usage(answer.get()).cost());
        }
        // 10 in flight, each 63 tokens beyond its reservation.
        assertThat(spent).isEqualByComparingTo(new BigDecimal("0.070").add(new BigDecimal("0.630")));
        assertOverBudget(ask(key, "budgeted-over", ",\"max_tokens\":1"), "key");
    }

    /** Who retries that wastes everybody's time: the SDKs are told not to. */
    private static void assertOverBudget(HttpResponse<String> response, String whose) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(429);
        assertThat(response.headers().firstValue("x-should-retry")).contains("false");
        assertThat(response.headers().firstValue("retry-after")).isEmpty();
        assertThat(response.headers().firstValue("retry-after-ms")).isEmpty();
        assertThat(error(response).path("code").asString()).isEqualTo("insufficient_quota");
        assertThat(error(response).path("type").asString()).isEqualTo("insufficient_quota");
        assertThat(error(response).path("message").asString()).contains("budget of this " + whose);
    }

    @Test
    void aBudgetSurvivesARestart(@TempDir Path data) throws Exception {
        platform.upstream.script("budgeted-restart", (request, response) -> response.end(tokens(7)));
        platform.config.model(new ModelDraft("budgeted-restart").at("p-openai").priced(BY_ANSWER));
        var key = key(new KeyDraft("key_restart", "usr_1").budget("0.010"));
        var kafka = KafkaServer.shared().bootstrapServers();
        var answers = new ArrayList<Integer>();
        for (int run = 0; run < 2; run++) {
            try (var context = Platform.start(kafka, data, Map.of())) {
                int port = context.getBean(Gateway.class).port();
                Platform.awaitStatus(port, "ok");
                var response = Platform.post(
                        port, "/v1/chat/completions", key, Platform.chatBody("budgeted-restart", ",\"max_tokens\":7"));
                answers.add(response.statusCode());
            }
        }
        assertThat(answers).containsExactly(200, 429);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "team", "model"})
    void limitsOfOthersThanTheKeyCountToo(String subject) throws Exception {
        var rule = limits(3L, null, null);
        var model = "of-" + subject;
        var user = "usr_of_" + subject;
        platform.upstream.script(model, (request, response) -> response.end(ANSWER));
        platform.config.team("team_of_" + subject, true, subject.equals("team") ? rule : null, null);
        platform.config.user(user, "team_of_" + subject, subject.equals("user") ? rule : null, null);
        platform.config.model(new ModelDraft(model).at("p-openai").limited(subject.equals("model") ? rule : null));
        var one = key(new KeyDraft("key_one_of_" + subject, user));
        var two = key(new KeyDraft("key_two_of_" + subject, user));
        for (var key : List.of(one, two, one)) {
            assertThat(ask(key, model, "").statusCode()).isEqualTo(200);
        }
        var refused = ask(two, model, "");
        assertComeAgain(refused, "requests per minute of this " + subject);
        assertThat(usage(refused).teamId()).isEqualTo("team_of_" + subject);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "team"})
    void budgetsOfOthersThanTheKeyCountToo(String subject) throws Exception {
        var budgets = List.of(
                new Budget(Budget.Period.DAY, new BigDecimal("0.010"), "USD"),
                new Budget(Budget.Period.MONTH, new BigDecimal("5"), "USD"));
        var model = "paid-by-" + subject;
        var user = "usr_paid_" + subject;
        platform.upstream.script(model, (request, response) -> response.end(tokens(7)));
        platform.config.team("team_paid_" + subject, true, null, subject.equals("team") ? budgets : null);
        platform.config.user(user, "team_paid_" + subject, null, subject.equals("user") ? budgets : null);
        platform.config.model(new ModelDraft(model).at("p-openai").priced(BY_ANSWER));
        var key = key(new KeyDraft("key_paid_" + subject, user));
        assertThat(ask(key, model, ",\"max_tokens\":7").statusCode()).isEqualTo(200);
        assertOverBudget(ask(key, model, ",\"max_tokens\":7"), subject);
        // What costs less than is left may pass.
        assertThat(ask(key, model, ",\"max_tokens\":3").statusCode()).isEqualTo(200);
    }

    @Test
    void aDeploymentAtItsLimitIsPassedOver() throws Exception {
        platform.upstream.script("limited-deployments", (request, response) -> response.end(ANSWER));
        platform.serve(new ModelDraft("limited-deployments")
                .at("p-openai", 0, limits(2L, null, null))
                .at("p-compatible", 1, limits(1L, null, null)));
        var deployments = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            deployments.add(platform.chat("limited-deployments", "")
                    .headers()
                    .firstValue("x-platform-deployment")
                    .orElse(""));
        }
        assertThat(deployments)
                .containsExactly(
                        "dep_limited-deployments_p-openai",
                        "dep_limited-deployments_p-openai",
                        "dep_limited-deployments_p-compatible");
        assertComeAgain(platform.chat("limited-deployments", ""), "deployments of this model are at their limits");
    }

    @Test
    void aKeyOpensOnlyWhatItIsFor() throws Exception {
        platform.upstream.script(
                "scoped",
                (request, response) -> response.end(Canned.whole(io.llmplatform.proxy.api.Operation.EMBEDDINGS)));
        platform.serve(new ModelDraft("scoped").at("p-openai"));
        var embedder =
                key(new KeyDraft("key_embedder", "usr_1").scopes("embeddings").tagged("app", "search"));
        var allowed =
                Platform.post(platform.port, "/v1/embeddings", embedder, "{\"model\":\"scoped\",\"input\":\"x\"}");
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(usage(allowed).metadata()).containsEntry("app", "search");
        var chat = ask(embedder, "scoped", "");
        assertThat(chat.statusCode()).isEqualTo(403);
        assertThat(error(chat).path("code").asString()).isEqualTo("scope_missing");
        assertThat(usage(chat))
                .matches(record -> record.outcome() == Outcome.REJECTED
                        && record.status() == 403
                        && record.endpoint().equals("chat.completions")
                        && "search".equals(record.metadata().get("app")));
        var messages = Platform.post(platform.port, "/v1/messages", embedder, Ingress.MESSAGES.body("scoped", false));
        assertThat(messages.statusCode()).isEqualTo(403);
        assertThat(Ingress.read(messages.body()).at("/error/type").asString()).isEqualTo("permission_error");
        assertThat(Platform.get(platform.port, "/v1/models", Map.of("x-api-key", embedder))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aKeyMayBeBoundToAddresses() throws Exception {
        var elsewhere = key(new KeyDraft("key_elsewhere", "usr_1").from("10.0.0.0/8", "2001:db8::/32"));
        var here = key(new KeyDraft("key_here", "usr_1").from("127.0.0.0/8"));
        var refused = ask(elsewhere);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(error(refused).path("code").asString()).isEqualTo("ip_not_allowed");
        assertThat(usage(refused)).matches(record -> record.outcome() == Outcome.REJECTED);
        assertThat(ask(here).statusCode()).isEqualTo(200);
    }

    @Test
    void whoHasNoRightAnyMoreIsToldSo() throws Exception {
        platform.config.team("team_off", false, null, null);
        platform.config.user("usr_off", "team_off", null, null);
        var expired =
                key(new KeyDraft("key_expired", "usr_1").expires(Instant.now().minusSeconds(1)));
        var ofTeam = key(new KeyDraft("key_of_team_off", "usr_off"));
        for (var key : List.of(expired, ofTeam)) {
            var response = ask(key);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(error(response).path("code").asString()).isEqualTo("invalid_api_key");
            assertThat(usage(response))
                    .matches(record -> record.outcome() == Outcome.REJECTED && record.status() == 401);
            var anthropic =
                    Platform.post(platform.port, "/v1/messages", key, Ingress.MESSAGES.body("limited-chat", false));
            assertThat(Ingress.read(anthropic.body()).at("/error/type").asString())
                    .isEqualTo("authentication_error");
        }
    }
}
