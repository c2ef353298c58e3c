package io.llmplatform.proxy;

import static io.llmplatform.proxy.ScriptedUpstream.DONE;
import static io.llmplatform.proxy.ScriptedUpstream.FINISH;
import static io.llmplatform.proxy.ScriptedUpstream.USAGE;
import static io.llmplatform.proxy.ScriptedUpstream.chunk;
import static io.llmplatform.proxy.ScriptedUpstream.sse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.usage.Outcome;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class UpstreamIT {
    private static final String STREAM = ",\"stream\":true";
    private static Platform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.shared();
    }

    /** Makes a model of its own for one test and waits until the gateway knows it. */
    private static void model(String name, ScriptedUpstream.Script script, String... providers) throws Exception {
        platform.upstream.script(name, script);
        platform.config.model(name, providers.length == 0 ? new String[] {"scripted"} : providers);
        await().until(() -> Platform.get(platform.port, "/v1/models/" + name, Map.of("x-api-key", platform.key))
                        .statusCode()
                == 200);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 50})
    void bytesSurviveWhateverThePacketsLookLike(int size) throws Exception {
        var text = chunk("你好 🌍 \\u00e9");
        var all = Buffer.buffer(": noise\n\n" + text + FINISH + USAGE + DONE);
        model("packets" + size, (request, response) -> {
            sse(response);
            for (int at = 0; at < all.length(); at += size) {
                response.write(all.slice(at, Math.min(all.length(), at + size)));
            }
            response.end();
        });
        var response = platform.chat("packets" + size, STREAM);
        assertThat(response.body()).isEqualTo(text + FINISH + DONE);
        assertThat(platform.usage.of(Platform.requestId(response)))
                .matches(usage -> usage.promptTokens() == 100
                        && usage.cachedTokens() == 40
                        && usage.completionTokens() == 7
                        && !usage.tokensEstimated()
                        && usage.outcome() == Outcome.COMPLETED);
    }

    @Test
    void theUpstreamGetsTheBodyAsSentAndNoneOfTheClientsCredentials() throws Exception {
        var answer =
                "{\"choices\":[{\"message\":{\"content\":\"hi\",\"reasoning_content\":\"x\"}}],\"extra\":{\"a\":1.50}}";
        model("whole", (request, response) -> response.putHeader("Set-Cookie", "a=b")
                .end(answer));
        var body = Platform.chatBody("whole", ",  \"unknown_field\":[1.0,{\"z\":null}]");
        var response = Platform.send(
                platform.port,
                "POST",
                "/v1/chat/completions",
                Map.of("Authorization", "Bearer " + platform.key, "Cookie", "session=1", "OpenAI-Beta", "x=v1"),
                body);
        assertThat(response.body()).isEqualTo(answer);
        assertThat(response.headers().firstValue("set-cookie")).isEmpty();
        var call = platform.upstream.callOf("whole");
        assertThat(call.body()).isEqualTo(body.replace("\"whole\"", "\"up-whole\""));
        assertThat(call.headers())
                .containsEntry("Authorization", "Bearer " + Platform.PROVIDER_SECRET)
                .containsEntry("OpenAI-Beta", "x=v1")
                .doesNotContainKeys("Cookie", "x-api-key");
        assertThat(platform.usage.of(Platform.requestId(response)))
                .matches(usage -> usage.tokensEstimated() && usage.completionTokens() == 1);
    }

    @Test
    void aBreakInMidStreamIsAnErrorEventAndTheEndMark() throws Exception {
        model("breaks", (request, response) -> sse(response)
                .write(chunk("partial"))
                .onComplete(sent ->
                        platform.upstream.after(50, () -> request.connection().close())));
        var response = platform.chat("breaks", STREAM);
        assertThat(response.body())
                .startsWith(chunk("partial"))
                .contains("data: {\"error\":{\"message\"")
                .endsWith(DONE)
                .doesNotContain("\"stop\"");
        assertThat(platform.usage.of(Platform.requestId(response)))
                .matches(usage -> usage.outcome() == Outcome.FAILED
                        && "upstream_broken".equals(usage.errorCode())
                        && usage.completionTokens() > 0
                        && usage.tokensEstimated());
    }

    @Test
    void aStallInMidStreamEndsWithinTheIdleLimit() throws Exception {
        model("stalls", (request, response) -> sse(response).write(chunk("partial")));
        var response = platform.chat("stalls", STREAM);
        // The keep-alive is shorter than the idle limit here.
        assertThat(response.body())
                .contains("\n\n: keep-alive\n\n")
                .contains("upstream_timeout")
                .endsWith(DONE);
    }

    @Test
    void anUpstreamThatNeverAnswersIsATimeout() throws Exception {
        model("silent", (request, response) -> {});
        var response = platform.chat("silent", STREAM);
        assertThat(response.statusCode()).isEqualTo(504);
        await().untilTrue(platform.upstream.callOf("silent").hungUp());
    }

    @Test
    void limitsOfTheProviderReachTheClient() throws Exception {
        model("limited", (request, response) -> response.setStatusCode(429)
                .putHeader("Retry-After", "2")
                .putHeader("retry-after-ms", "1898")
                .putHeader("x-ratelimit-remaining-requests", "0")
                .putHeader("openai-organization", "org-secret")
                .end("{\"error\":{\"message\":\"Rate limit of org-secret123 with " + Platform.PROVIDER_SECRET
                        + ", try again in 1.898s\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}"));
        var response = platform.chat("limited", STREAM);
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("retry-after")).contains("2");
        assertThat(response.headers().firstValue("retry-after-ms")).contains("1898");
        assertThat(response.headers().firstValue("x-ratelimit-remaining-requests"))
                .contains("0");
        assertThat(response.headers().firstValue("openai-organization")).isEmpty();
        var error = ContractJson.mapper().readTree(response.body()).get("error");
        assertThat(error.propertyNames()).containsExactlyInAnyOrder("message", "type", "param", "code");
        assertThat(error.get("message").asString())
                .contains("try again in 1.898s")
                .doesNotContain("planted", "org-");
        assertThat(platform.usage.of(Platform.requestId(response)))
                .matches(usage -> usage.status() == 429 && "rate_limit_exceeded".equals(usage.errorCode()));
    }

    @Test
    void anEventWithoutEndIsCutOff() throws Exception {
        model("endless", (request, response) -> {
            sse(response).write(chunk("fine"));
            response.write("data: \"" + "x".repeat(60_000));
        });
        var response = platform.chat("endless", STREAM);
        assertThat(response.body())
                .startsWith(chunk("fine"))
                .contains("upstream_event_too_long")
                .endsWith(DONE);
        await().untilTrue(platform.upstream.callOf("endless").hungUp());
    }

    @Test
    void nonsenseInsteadOfAnAnswerIsABadGateway() throws Exception {
        model("html", (request, response) -> response.end("<html>oops</html>"));
        assertThat(platform.chat("html", "").statusCode()).isEqualTo(502);
    }

    @Test
    void anotherDeploymentTakesOverBeforeTheFirstByte() throws Exception {
        platform.config.provider("dead", "openai-compatible", "http://127.0.0.1:1/v1", null);
        platform.config.provider("failing", "openai-compatible", platform.upstream.url() + "/failing", null);
        ScriptedUpstream.Script script = (request, response) -> {
            if (request.path().contains("failing")) {
                response.setStatusCode(503).end("{}");
            } else {
                response.end("{\"choices\":[]}");
            }
        };
        model("taken-over", script, "dead", "scripted");
        model("taken-over-too", script, "failing", "scripted");
        model("all-dead", script, "dead");
        for (var model : new String[] {"taken-over", "taken-over-too"}) {
            for (int i = 0; i < 8; i++) {
                var response = platform.chat(model, "");
                assertThat(response.statusCode()).isEqualTo(200);
                var usage = platform.usage.of(Platform.requestId(response));
                assertThat(usage.deployment()).isEqualTo("dep_scripted");
                assertThat(response.headers().firstValue("x-platform-attempts")).contains("" + usage.attempts());
            }
        }
        var dead = platform.chat("all-dead", "");
        assertThat(dead.statusCode()).isEqualTo(502);
        assertThat(dead.body()).doesNotContain("127.0.0.1");
    }

    @Test
    void aClientThatLeavesBeforeTheFirstTokenCancelsTheUpstream() throws Exception {
        model("left-early", (request, response) -> sse(response).writeHead());
        leave("left-early", STREAM, null);
        assertThat(platform.usage.ofModel("left-early", 1))
                .singleElement()
                .matches(usage -> usage.completionTokens() == 0);
    }

    @Test
    void aClientThatLeavesInMidStreamPaysForWhatItGot() throws Exception {
        model("left-midway", (request, response) -> sse(response).write(chunk("12345678")));
        leave("left-midway", STREAM, "12345678");
        assertThat(platform.usage.ofModel("left-midway", 1))
                .singleElement()
                .matches(usage -> usage.outcome() == Outcome.ABORTED
                        && usage.status() == 499
                        && usage.completionTokens() == 2
                        && usage.promptTokens() > 0
                        && usage.cost().signum() > 0);
    }

    @Test
    void aClientThatLeavesAWholeAnswerCancelsTheUpstreamToo() throws Exception {
        model("left-whole", (request, response) -> {});
        leave("left-whole", "", null);
        assertThat(platform.usage.ofModel("left-whole", 1))
                .singleElement()
                .matches(usage -> usage.outcome() == Outcome.ABORTED);
    }

    private static void leave(String model, String more, String after) throws Exception {
        try (var socket = platform.rawChat(model, more)) {
            await().until(() -> platform.upstream.countOf(model) == 1);
            if (after != null) {
                Platform.readUntil(socket, after);
            }
        }
        await().untilTrue(platform.upstream.callOf(model).hungUp());
    }

    @Test
    void aSlowClientSlowsTheProviderDownInsteadOfFillingMemory() throws Exception {
        var written = new java.util.concurrent.atomic.AtomicLong();
        var big = chunk("x".repeat(40_000));
        model("firehose", (request, response) -> {
            sse(response);
            Runnable[] more = new Runnable[1];
            more[0] = () -> {
                while (!response.writeQueueFull() && written.get() < 4000) {
                    response.write(big);
                    written.incrementAndGet();
                }
                if (written.get() >= 4000) {
                    response.end(DONE);
                }
            };
            response.drainHandler(drained -> more[0].run());
            more[0].run();
        });
        try (var socket = platform.rawChat("firehose", STREAM)) {
            Platform.readUntil(socket, "data: ");
            // 160 MB would come; what the sockets hold is a few of them, and then it stands.
            await().during(java.time.Duration.ofMillis(700))
                    .atMost(java.time.Duration.ofSeconds(20))
                    .until(() -> {
                        long before = written.get();
                        java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
                        return written.get() == before && before < 4000;
                    });
        }
        assertThat(written.get()).isLessThan(1500);
    }

    @Test
    void secretsAreInNoFileAndNoLog(CapturedOutput output) throws Exception {
        model("quiet", (request, response) -> response.setStatusCode(500)
                .end("{\"error\":{\"message\":\"" + Platform.PROVIDER_SECRET + "\"}}"));
        var response = platform.chat("quiet", "");
        assertThat(response.body()).doesNotContain(Platform.PROVIDER_SECRET);
        platform.usage.of(Platform.requestId(response));
        await().until(() -> Files.exists(platform.data.resolve("proxy/config-snapshot.jsonl")));
        try (var files = Files.walk(platform.data.resolve("proxy"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(content).as(file.toString()).doesNotContain(Platform.PROVIDER_SECRET, platform.key);
            }
        }
        assertThat(output.getAll()).doesNotContain(Platform.PROVIDER_SECRET, platform.key);
    }
}
