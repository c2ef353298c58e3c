package io.llmplatform.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.testkit.KafkaServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What protects the networks behind the gateway, and itself. */
@ExtendWith(OutputCaptureExtension.class)
class GuardIT {
    private static Platform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.shared();
    }

    @Test
    void aStricterGatewayReachesNoPrivateAddressAndShedsWhatIsTooMuch(@TempDir Path data) throws Exception {
        platform.config.provider(
                "by-name",
                "openai",
                platform.upstream.url().replace("127.0.0.1", "localhost"),
                Platform.PROVIDER_SECRET);
        platform.config.provider("slow-mock", "mock", "mock:?first_token_ms=2500&token_ms=1", null);
        platform.config.model(new ModelDraft("private-address").at("p-openai"));
        platform.config.model(new ModelDraft("private-name").at("by-name"));
        platform.config.model(new ModelDraft("private-realtime").at("p-openai"));
        platform.serve(new ModelDraft("slow").at("slow-mock"));
        var settings = Map.of("UPSTREAM_ALLOW_PRIVATE", "false", "MAX_CONCURRENT_REQUESTS", "2");
        try (var context = Platform.start(KafkaServer.shared().bootstrapServers(), data, settings)) {
            int port = context.getBean(Gateway.class).port();
            Platform.awaitStatus(port, "ok");
            assertNothingArrives(port);
            assertShed(port);
        }
    }

    private static void assertNothingArrives(int port) throws Exception {
        for (var model : new String[] {"private-address", "private-name"}) {
            var response = ask(port, model);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(502);
            assertThat(response.body()).doesNotContain("127.0.0.1", "localhost", "PRIVATE");
            assertThat(platform.upstream.countOf(model)).isZero();
        }
    }

    private static void assertShed(int port) throws Exception {
        var first = CompletableFuture.supplyAsync(() -> unchecked(port));
        var second = CompletableFuture.supplyAsync(() -> unchecked(port));
        var shed = await().until(() -> ask(port, "no-such-model"), response -> response.statusCode() == 503);
        assertThat(Ingress.read(shed.body()).at("/error/code").asString()).isEqualTo("overloaded");
        assertThat(shed.headers().firstValue("retry-after")).contains("1");
        assertThat(first.get().statusCode()).isEqualTo(200);
        assertThat(second.get().statusCode()).isEqualTo(200);
        assertThat(ask(port, "no-such-model").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> ask(int port, String model) throws Exception {
        return Platform.post(port, "/v1/chat/completions", platform.key, Platform.chatBody(model, ""));
    }

    private static HttpResponse<String> unchecked(int port) {
        try {
            return ask(port, "slow");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyRequestLeavesOneLineAndNoSecretInTheLog(CapturedOutput output) throws Exception {
        platform.serve("logged", (request, response) -> response.end(Canned.whole(Ingress.CHAT.operation)), "p-openai");
        var response = Platform.send(
                platform.port,
                "POST",
                "/v1/chat/completions?token=" + platform.key,
                Map.of("Authorization", "Bearer " + platform.key, "User-Agent", "evil status=200 \"quoted\""),
                Platform.chatBody("logged", ""));
        var id = "id=" + Platform.requestId(response);
        await().until(() -> output.getAll().contains(id));
        var lines = output.getAll().lines().filter(line -> line.contains(id)).toList();
        assertThat(lines)
                .singleElement()
                .asString()
                .contains(
                        "method=POST path=/v1/chat/completions status=200",
                        "ip=- user=usr_1 key=key_1 model=logged outcome=completed ua=-");
        var stranger = Platform.send(
                platform.port,
                "POST",
                "/v1/chat/completions",
                Map.of("Authorization", "Bearer sk-unknown", "User-Agent", "evil status=200 \"quoted\""),
                Platform.chatBody("logged", ""));
        var strange = "id=" + Platform.requestId(stranger);
        await().until(() -> output.getAll().contains(strange));
        assertThat(output.getAll().lines().filter(line -> line.contains(strange)))
                .singleElement()
                .asString()
                .contains("ip=127.0.0.1 user=- key=- model=-", "ua=\"evil status=200 \\\"quoted\\\"\"");
        assertThat(output.getAll()).doesNotContain(platform.key, Platform.PROVIDER_SECRET, "token=");
    }

    @Test
    void theTraceGoesOnAtTheProvider() throws Exception {
        platform.serve("traced", (request, response) -> response.end(Canned.whole(Ingress.CHAT.operation)), "p-openai");
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var response = Platform.send(
                platform.port,
                "POST",
                "/v1/chat/completions",
                Map.of(
                        "Authorization", "Bearer " + platform.key,
                        "traceparent", "00-" + trace + "-00f067aa0ba902b7-01",
                        "tracestate", "vendor=opaque",
                        "X-Forwarded-For", "6.6.6.6",
                        "Cookie", "a=b"),
                Platform.chatBody("traced", ""));
        var headers = platform.upstream.callFor(Platform.requestId(response)).headers();
        assertThat(headers.get("traceparent")).matches("00-" + trace + "-(?!00f067aa0ba902b7)[0-9a-f]{16}-01");
        assertThat(headers)
                .containsEntry("tracestate", "vendor=opaque")
                .doesNotContainKeys("X-Forwarded-For", "Cookie");
        var untraced = platform.chat("traced", "");
        assertThat(platform.upstream
                        .callFor(Platform.requestId(untraced))
                        .headers()
                        .get("traceparent"))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]");
    }
}
