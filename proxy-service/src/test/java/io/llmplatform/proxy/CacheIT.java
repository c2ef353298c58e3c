package io.llmplatform.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.usage.Outcome;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CacheIT {
    private static final String COLD = ",\"temperature\":0";
    private static Platform platform;
    private static String colleague;
    private static String stranger;
    private static String unwilling;
    private static String willing;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.shared();
        platform.config.team("team_cache", true, null, null);
        platform.config.user("usr_cache_1", "team_cache", null, null);
        platform.config.user("usr_cache_2", "team_cache", null, null);
        platform.config.user("usr_cache_3", null, null, null);
        colleague = platform.config.key(new KeyDraft("key_cache_1", "usr_cache_1"));
        stranger = platform.config.key(new KeyDraft("key_cache_3", "usr_cache_3"));
        unwilling = platform.config.key(new KeyDraft("key_cache_no", "usr_1").cache(false));
        willing = platform.config.key(new KeyDraft("key_cache_yes", "usr_1").cache(true));
    }

    /** A model with a rule for the cache, whose answers are numbered. */
    private static void cached(String model) throws Exception {
        script(model);
        platform.serve(new ModelDraft(model).at("p-openai").cached(60));
    }

    private static void script(String model) {
        platform.upstream.script(model, (request, response) -> {
            var number = "" + platform.upstream.countOf(model);
            boolean stream = "text/event-stream".equals(request.getHeader("Accept"));
            var operation =
                    request.path().endsWith("/responses") ? Ingress.RESPONSES.operation : Ingress.CHAT.operation;
            if (stream) {
                ScriptedUpstream.sse(response).end(Canned.joined(operation).replace("Grüße ", "Answer " + number));
            } else {
                response.end(Canned.whole(operation).replace("Grüße ", "Answer " + number));
            }
        });
    }

    private static HttpResponse<String> ask(String key, String model, String more) throws Exception {
        return Platform.post(platform.port, "/v1/chat/completions", key, Ingress.CHAT.body(model, more));
    }

    private static String state(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.headers().firstValue("x-platform-cache").orElse("none");
    }

    @Test
    void theSecondOfTwoEqualRequestsIsAnsweredFromTheCacheForNothing() throws Exception {
        cached("cached-whole");
        var first = ask(platform.key, "cached-whole", COLD);
        var second = ask(platform.key, "cached-whole", COLD);
        assertThat(state(first)).isEqualTo("miss");
        assertThat(state(second)).isEqualTo("hit");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("x-platform-cost")).contains("0");
        assertThat(second.headers().firstValue("age")).isPresent();
        assertThat(platform.upstream.countOf("cached-whole")).isEqualTo(1);
        assertThat(platform.usage.of(Platform.requestId(first)))
                .matches(record -> record.cacheHit() == null && record.cost().signum() > 0);
        assertThat(platform.usage.of(Platform.requestId(second)))
                .matches(record ->
                        Boolean.TRUE.equals(record.cacheHit()) && record.cost().signum() == 0)
                .matches(record ->
                        record.promptTokens() == 100 && record.completionTokens() == 7 && record.attempts() == 0)
                .matches(record -> record.outcome() == Outcome.COMPLETED);
        // Spelled in another way it is the same request; with another question it is another.
        var reordered =
                "{\"temperature\":0, \"max_tokens\":64,\"messages\":[{\"content\":\"Hello\",\"role\":\"user\"}],"
                        + " \"model\":\"cached-whole\"}";
        assertThat(state(platform.post("/v1/chat/completions", reordered))).isEqualTo("hit");
        assertThat(state(ask(platform.key, "cached-whole", ",\"temperature\":0,\"seed\":1")))
                .isEqualTo("miss");
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT", "RESPONSES", "MESSAGES"})
    void aStreamIsReplayedEventByEvent(Ingress ingress) throws Exception {
        var model = "cached-stream-" + ingress.operation.wire();
        cached(model);
        var body = ingress.body(
                model,
                ",\"temperature\":0,\"store\":false,\"stream\":true"
                        .replace(ingress == Ingress.MESSAGES ? ",\"store\":false" : "", ""));
        var first = platform.post(ingress.path(), body);
        var second = platform.post(ingress.path(), body);
        assertThat(state(first)).isEqualTo("miss");
        assertThat(state(second)).isEqualTo("hit");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("content-type"))
                .isEqualTo(first.headers().firstValue("content-type"));
        assertThat(platform.upstream.countOf(model)).isEqualTo(1);
        assertThat(platform.usage.of(Platform.requestId(second)))
                .matches(record -> Boolean.TRUE.equals(record.cacheHit())
                        && record.stream()
                        && record.cost().signum() == 0);
    }

    @Test
    void aStreamAsksForUsageOrNotWhoeverFilledTheCache() throws Exception {
        cached("cached-usage");
        var silent = ask(platform.key, "cached-usage", ",\"temperature\":0,\"stream\":true");
        assertThat(silent.body()).doesNotContain("prompt_tokens");
        var asking = ask(
                platform.key,
                "cached-usage",
                ",\"temperature\":0,\"stream\":true,\"stream_options\":{\"include_usage\":true}");
        assertThat(asking.body()).contains("\"prompt_tokens\":100");
    }

    @Test
    void nobodyGetsTheAnswersOfStrangers() throws Exception {
        cached("cached-private");
        assertThat(state(ask(colleague, "cached-private", COLD))).isEqualTo("miss");
        assertThat(state(ask(stranger, "cached-private", COLD))).isEqualTo("miss");
        assertThat(state(ask(platform.key, "cached-private", COLD))).isEqualTo("miss");
        assertThat(state(ask(colleague, "cached-private", COLD))).isEqualTo("hit");
        assertThat(platform.upstream.countOf("cached-private")).isEqualTo(3);
    }

    @Test
    void clientsChooseWithinWhatIsAllowed() throws Exception {
        cached("cached-wishes");
        assertThat(state(with("cached-wishes", "Cache-Control", "no-store"))).isNotEqualTo("hit");
        assertThat(state(ask(platform.key, "cached-wishes", COLD))).isEqualTo("miss");
        assertThat(state(with("cached-wishes", "Cache-Control", "no-store"))).isNotEqualTo("hit");
        assertThat(state(with("cached-wishes", "x-platform-cache", "off"))).isNotEqualTo("hit");
        assertThat(state(with("cached-wishes", "Cache-Control", "no-cache"))).isEqualTo("miss");
        assertThat(ask(platform.key, "cached-wishes", COLD).body())
                .as("renewed by no-cache")
                .contains("Answer 5");
        assertThat(platform.upstream.countOf("cached-wishes")).isEqualTo(5);
        assertThat(state(ask(platform.key, "cached-wishes", ",\"temperature\":1")))
                .isNotEqualTo("hit");
        assertThat(state(ask(platform.key, "cached-wishes", ",\"temperature\":1")))
                .isNotEqualTo("hit");
        assertThat(state(ask(platform.key, "cached-wishes", ""))).isNotEqualTo("hit");
        assertThat(platform.upstream.countOf("cached-wishes")).isEqualTo(8);
    }

    private static HttpResponse<String> with(String model, String header, String value) throws Exception {
        return Platform.send(
                platform.port,
                "POST",
                "/v1/chat/completions",
                Map.of("Authorization", "Bearer " + platform.key, header, value),
                Ingress.CHAT.body(model, COLD));
    }

    @Test
    void theKeyMayForbidItOrAllowIt() throws Exception {
        cached("cached-flag");
        ask(platform.key, "cached-flag", COLD);
        assertThat(state(ask(unwilling, "cached-flag", COLD))).isNotEqualTo("hit");
        script("uncached");
        platform.serve(new ModelDraft("uncached").at("p-openai"));
        assertThat(state(ask(platform.key, "uncached", COLD))).isEqualTo("none");
        assertThat(state(ask(platform.key, "uncached", COLD))).isEqualTo("none");
        assertThat(state(ask(willing, "uncached", COLD))).isEqualTo("miss");
        assertThat(state(ask(willing, "uncached", COLD))).isEqualTo("hit");
    }

    @Test
    void whatFailedOrBrokeIsNotKept() throws Exception {
        var model = "cached-broken";
        platform.upstream.script(model, (request, response) -> {
            if (platform.upstream.countOf(model) == 1) {
                ScriptedUpstream.breakAfter(request, ScriptedUpstream.chunk("half"));
            } else {
                ScriptedUpstream.sse(response).end(Canned.joined(Ingress.CHAT.operation));
            }
        });
        platform.serve(new ModelDraft(model).at("p-openai").cached(60));
        assertThat(ask(platform.key, model, ",\"temperature\":0,\"stream\":true")
                        .body())
                .contains("\"error\"");
        var second = ask(platform.key, model, ",\"temperature\":0,\"stream\":true");
        assertThat(state(second)).isEqualTo("miss");
        assertThat(Ingress.CHAT.text(second.body(), true)).isEqualTo(Canned.TEXT);
    }

    @Test
    void aFailedResponseIsNotKept() throws Exception {
        var model = "cached-failed";
        platform.upstream.script(
                model,
                (request, response) -> ScriptedUpstream.sse(response)
                        .end(
                                Canned.stream(Ingress.RESPONSES.operation).getFirst()
                                        + "event: response.failed\ndata: {\"type\":\"response.failed\",\"sequence_number\":1,\"response\":{"
                                        + "\"id\":\"resp_1\",\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"m\"}}}\n\n"));
        platform.serve(new ModelDraft(model).at("p-openai").cached(60));
        var body = Ingress.RESPONSES.body(model, ",\"temperature\":0,\"store\":false,\"stream\":true");
        assertThat(state(platform.post("/v1/responses", body))).isEqualTo("miss");
        assertThat(state(platform.post("/v1/responses", body))).isEqualTo("miss");
        assertThat(platform.upstream.countOf(model)).isEqualTo(2);
    }
}
