package io.llmplatform.proxy;

import static io.llmplatform.proxy.ScriptedUpstream.sse;
import static io.llmplatform.proxy.api.Operation.CHAT;
import static io.llmplatform.proxy.api.Operation.COMPLETIONS;
import static io.llmplatform.proxy.api.Operation.EMBEDDINGS;
import static io.llmplatform.proxy.api.Operation.GEMINI_CONTENT;
import static io.llmplatform.proxy.api.Operation.GEMINI_EMBEDDINGS;
import static io.llmplatform.proxy.api.Operation.MESSAGES;
import static io.llmplatform.proxy.api.Operation.RESPONSES;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.upstream.Providers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every API that clients speak in front of every type of provider: what goes out, what comes back, what is billed. */
class TranslatedIT {
    private static final List<String> TYPES =
            List.of("openai", "openai-compatible", "deepseek", "anthropic", "gemini", "azure-openai", "mock");

    private static final Map<String, String> PROVIDERS = Map.of(
            "openai", "p-openai",
            "openai-compatible", "p-compatible",
            "deepseek", "p-deepseek",
            "anthropic", "p-anthropic",
            "gemini", "p-gemini",
            "azure-openai", "p-azure");

    private static Platform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.shared();
        for (var type : PROVIDERS.keySet()) {
            platform.serve(model(type), TranslatedIT::answer, PROVIDERS.get(type));
        }
    }

    private static String model(String type) {
        return "cell-" + type;
    }

    /** As a provider that has every API would. */
    private static void answer(
            io.vertx.core.http.HttpServerRequest request, io.vertx.core.http.HttpServerResponse response) {
        var path = request.path();
        boolean stream = "text/event-stream".equals(request.getHeader("Accept"));
        var operation = path.endsWith("/chat/completions")
                ? CHAT
                : path.endsWith("/completions")
                        ? COMPLETIONS
                        : path.endsWith("/responses")
                                ? RESPONSES
                                : path.endsWith("/messages")
                                        ? MESSAGES
                                        : path.endsWith("/embeddings")
                                                ? EMBEDDINGS
                                                : path.endsWith(":batchEmbedContents")
                                                        ? GEMINI_EMBEDDINGS
                                                        : GEMINI_CONTENT;
        if (stream) {
            sse(response).end(Canned.joined(operation));
        } else {
            response.putHeader("Content-Type", "application/json").end(Canned.whole(operation));
        }
    }

    /** @param spoken what the provider is asked */
    record Cell(Ingress ingress, String type, Operation spoken) {
        String uri(boolean stream) {
            return switch (spoken) {
                case GEMINI_CONTENT ->
                    "/v1beta/models/up-cell-gemini:" + (stream ? "streamGenerateContent?alt=sse" : "generateContent");
                case RESPONSES -> type.equals("azure-openai") ? "/openai/v1/responses" : "/v1/responses";
                default ->
                    type.equals("azure-openai")
                            ? "/openai/deployments/up-cell-azure-openai" + spoken.path() + "?api-version="
                            : "/v1" + spoken.path();
            };
        }
    }

    static Stream<Cell> cells() {
        return Arrays.stream(Ingress.values()).flatMap(ingress -> TYPES.stream()
                .filter(PROVIDERS::containsKey)
                .map(type -> new Cell(ingress, type, spoken(ingress.operation, type))));
    }

    private static Operation spoken(Operation asked, String type) {
        return switch (type) {
            case "anthropic" -> MESSAGES;
            case "gemini" -> GEMINI_CONTENT;
            case "openai", "azure-openai" -> asked == MESSAGES ? CHAT : asked;
            case "openai-compatible" -> asked == COMPLETIONS ? COMPLETIONS : CHAT;
            default -> CHAT;
        };
    }

    @ParameterizedTest
    @MethodSource("cells")
    void wholeAnswers(Cell cell) throws Exception {
        cell(cell, false);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void streams(Cell cell) throws Exception {
        cell(cell, true);
    }

    private static void cell(Cell cell, boolean stream) throws Exception {
        var ingress = cell.ingress();
        var response = platform.post(ingress.path(), ingress.body(model(cell.type()), stream));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(ingress.text(response.body(), stream)).as(response.body()).isEqualTo(Canned.TEXT);
        assertThat(ingress.stop(response.body(), stream)).isEqualTo(ingress.stopped());
        assertForm(ingress, response, stream);
        assertAsked(cell, platform.upstream.callFor(Platform.requestId(response)), stream);
        assertThat(platform.usage.of(Platform.requestId(response)))
                .as(response.body())
                .matches(record -> record.outcome() == Outcome.COMPLETED && record.status() == 200)
                .matches(record -> record.endpoint().equals(ingress.operation.wire()) && record.stream() == stream)
                .matches(record -> record.promptTokens() == 100 && record.completionTokens() == 7)
                .matches(record -> record.cachedTokens() == 40 && !record.tokensEstimated())
                .matches(record -> (record.ttftMs() != null) == stream || !stream)
                .matches(record -> record.model().equals(model(cell.type())));
    }

    /** What every client of that API looks for. */
    private static void assertForm(Ingress ingress, HttpResponse<String> response, boolean stream) {
        var body = response.body();
        if (!stream) {
            var usage = Ingress.read(body).path("usage");
            switch (ingress) {
                case CHAT, COMPLETIONS -> {
                    assertThat(usage.path("prompt_tokens").asInt()).isEqualTo(100);
                    assertThat(usage.path("completion_tokens").asInt()).isEqualTo(7);
                    assertThat(usage.at("/prompt_tokens_details/cached_tokens").asInt())
                            .isEqualTo(40);
                }
                case MESSAGES -> {
                    assertThat(usage.path("input_tokens").asInt()).isEqualTo(60);
                    assertThat(usage.path("cache_read_input_tokens").asInt()).isEqualTo(40);
                    assertThat(usage.path("output_tokens").asInt()).isEqualTo(7);
                }
                case RESPONSES -> {
                    assertThat(usage.path("input_tokens").asInt()).isEqualTo(100);
                    assertThat(usage.at("/input_tokens_details/cached_tokens").asInt())
                            .isEqualTo(40);
                    assertThat(usage.path("output_tokens").asInt()).isEqualTo(7);
                }
            }
            return;
        }
        var events = Ingress.events(body);
        switch (ingress) {
            case CHAT, COMPLETIONS -> {
                assertThat(body).endsWith(ScriptedUpstream.DONE).doesNotContain("event:", "id: ", "prompt_tokens");
                assertThat(events)
                        .allMatch(event -> event.has("id")
                                && event.has("object")
                                && event.has("created")
                                && event.has("model")
                                && event.path("choices").size() == 1);
            }
            case MESSAGES -> {
                assertThat(names(body).getFirst()).isEqualTo("message_start");
                assertThat(names(body).getLast()).isEqualTo("message_stop");
                assertThat(names(body)).isEqualTo(types(events));
                assertThat(events.getFirst().at("/message/usage/input_tokens").asInt())
                        .isPositive();
            }
            case RESPONSES -> {
                assertThat(names(body).getFirst()).isEqualTo("response.created");
                assertThat(names(body).getLast()).isEqualTo("response.completed");
                assertThat(names(body)).isEqualTo(types(events));
                assertThat(events)
                        .extracting(event -> event.path("sequence_number").asInt(-1))
                        .doesNotHaveDuplicates()
                        .isSorted();
                assertThat(events.getLast().at("/response/usage/output_tokens").asInt())
                        .isEqualTo(7);
            }
        }
    }

    private static List<String> names(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("event: "))
                .map(line -> line.substring("event: ".length()))
                .toList();
    }

    private static List<String> types(List<tools.jackson.databind.JsonNode> events) {
        return events.stream().map(event -> event.path("type").asString()).toList();
    }

    private static void assertAsked(Cell cell, ScriptedUpstream.Call call, boolean stream) {
        assertThat(call.uri()).startsWith(cell.uri(stream));
        assertThat(call.headers()).doesNotContainValue("Bearer " + platform.key);
        var credential =
                switch (cell.type()) {
                    case "anthropic" -> "x-api-key";
                    case "gemini" -> "x-goog-api-key";
                    case "azure-openai" -> "api-key";
                    default -> "Authorization";
                };
        assertThat(call.headers())
                .containsEntry(
                        credential, (credential.equals("Authorization") ? "Bearer " : "") + Platform.PROVIDER_SECRET);
        var body = Ingress.read(call.body());
        switch (cell.spoken()) {
            case GEMINI_CONTENT -> {
                assertThat(body.at("/contents/0/parts/0/text").asString()).isEqualTo("Hello");
                assertThat(body.at("/contents/0/role").asString()).isEqualTo("user");
                assertThat(body.at("/generationConfig/maxOutputTokens").asInt()).isEqualTo(64);
                assertThat(body.has("model")).isFalse();
            }
            case MESSAGES -> {
                assertThat(call.headers()).containsEntry("anthropic-version", "2023-06-01");
                assertThat(body.path("max_tokens").asInt()).isEqualTo(64);
                assertThat(body.path("messages").toString()).contains("Hello");
            }
            case CHAT -> {
                assertThat(body.at("/messages/0/content").toString()).contains("Hello");
                var limit = cell.ingress() == Ingress.CHAT ? "max_tokens" : limitOf(cell.type());
                assertThat(body.path(cell.ingress() == Ingress.COMPLETIONS ? "max_tokens" : limit)
                                .asInt(body.path("max_completion_tokens").asInt()))
                        .as(call.body())
                        .isEqualTo(64);
                assertThat(body.at("/stream_options/include_usage").asBoolean(false))
                        .isEqualTo(stream);
            }
            case RESPONSES -> assertThat(body.path("input").asString()).isEqualTo("Hello");
            default -> assertThat(body.path("prompt").asString()).isEqualTo("Hello");
        }
        if (cell.spoken() != GEMINI_CONTENT) {
            assertThat(body.path("model").asString()).isEqualTo("up-" + model(cell.type()));
            assertThat(body.path("stream").asBoolean(false)).isEqualTo(stream);
        }
    }

    /** Only OpenAI's own servers know the newer name. */
    private static String limitOf(String type) {
        return type.equals("openai") || type.equals("azure-openai") ? "max_completion_tokens" : "max_tokens";
    }

    @Test
    void embeddings() throws Exception {
        for (var type : List.of("openai", "openai-compatible", "azure-openai", "gemini")) {
            var response = platform.post("/v1/embeddings", "{\"model\":\"" + model(type) + "\",\"input\":[\"Hello\"]}");
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(Ingress.read(response.body()).at("/data/0/embedding").toString())
                    .isEqualTo("[0.5,-0.25]");
            var record = platform.usage.of(Platform.requestId(response));
            assertThat(record.endpoint()).isEqualTo("embeddings");
            assertThat(record.promptTokens()).isPositive();
            var call = platform.upstream.callFor(Platform.requestId(response));
            assertThat(call.uri())
                    .startsWith(
                            switch (type) {
                                case "gemini" -> "/v1beta/models/up-cell-gemini:batchEmbedContents";
                                case "azure-openai" ->
                                    "/openai/deployments/up-cell-azure-openai/embeddings?api-version=";
                                default -> "/v1/embeddings";
                            });
        }
    }

    @Test
    void whatNoProviderOfTheModelCanServeIsRefusedAndRecorded() throws Exception {
        for (var type : List.of("deepseek", "anthropic")) {
            var response = platform.post("/v1/embeddings", "{\"model\":\"" + model(type) + "\",\"input\":\"Hello\"}");
            assertRefused(response, "unsupported_endpoint");
        }
    }

    private static void assertRefused(HttpResponse<String> response, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        var error = Ingress.read(response.body()).path("error");
        assertThat(error.propertyNames()).containsExactlyInAnyOrder("message", "type", "param", "code");
        assertThat(error.path("code").asString()).isEqualTo(code);
        assertThat(platform.usage.of(Platform.requestId(response)))
                .matches(record -> record.outcome() == Outcome.REJECTED
                        && code.equals(record.errorCode())
                        && record.attempts() == 0
                        && record.status() == 400);
        assertThat(platform.upstream.calls).noneMatch(call -> Platform.requestId(response)
                .equals(call.headers().get("X-Request-Id")));
    }

    /** What cannot be carried over is named, in the envelope of the API that was asked, and nobody is called. */
    static Stream<org.junit.jupiter.params.provider.Arguments> refused() {
        return Stream.of(
                arguments(Ingress.CHAT, "anthropic", ",\"seed\":1", "seed"),
                arguments(Ingress.CHAT, "anthropic", ",\"logprobs\":true", "logprobs"),
                arguments(Ingress.CHAT, "anthropic", ",\"n\":2", "n"),
                arguments(Ingress.CHAT, "gemini", ",\"logit_bias\":{\"1\":5}", "logit_bias"),
                arguments(Ingress.CHAT, "gemini", ",\"store\":true", "store"),
                arguments(Ingress.RESPONSES, "openai-compatible", ",\"background\":true", "background"),
                arguments(Ingress.RESPONSES, "deepseek", ",\"conversation\":\"conv_1\"", "conversation"),
                arguments(Ingress.RESPONSES, "gemini", ",\"truncation\":\"auto\"", "truncation"),
                arguments(Ingress.RESPONSES, "anthropic", ",\"tools\":[{\"type\":\"web_search\"}]", "tools"),
                arguments(Ingress.COMPLETIONS, "deepseek", ",\"logprobs\":1", "logprobs"),
                arguments(Ingress.COMPLETIONS, "anthropic", ",\"suffix\":\"x\"", "suffix"),
                arguments(Ingress.COMPLETIONS, "gemini", ",\"echo\":true", "echo"),
                arguments(Ingress.MESSAGES, "openai", ",\"top_k\":5", "top_k"),
                arguments(
                        Ingress.MESSAGES,
                        "gemini",
                        ",\"mcp_servers\":[{\"type\":\"url\",\"url\":\"https://x\",\"name\":\"n\"}]",
                        "mcp_servers"));
    }

    private static org.junit.jupiter.params.provider.Arguments arguments(Object... values) {
        return org.junit.jupiter.params.provider.Arguments.of(values);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatCannotBeCarriedOverIsRefusedByName(Ingress ingress, String type, String more, String param)
            throws Exception {
        var response = platform.post(ingress.path(), ingress.body(model(type), more));
        if (ingress == Ingress.MESSAGES) {
            assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
            var body = Ingress.read(response.body());
            assertThat(body.propertyNames()).containsExactlyInAnyOrder("type", "error", "request_id");
            assertThat(body.at("/error/type").asString()).isEqualTo("invalid_request_error");
            assertThat(platform.usage.of(Platform.requestId(response)))
                    .matches(record ->
                            record.outcome() == Outcome.REJECTED && "unsupported_parameter".equals(record.errorCode()));
        } else {
            assertRefused(response, "unsupported_parameter");
            assertThat(Ingress.read(response.body()).at("/error/param").asString())
                    .startsWith(param);
        }
    }

    @Test
    void aRequestThatOneDeploymentCannotCarryGoesToAnotherThatCan() throws Exception {
        platform.upstream.script("cell-mixed", TranslatedIT::answer);
        platform.serve(new ModelDraft("cell-mixed").at("p-anthropic", 0, null).at("p-openai", 1, null));
        var plain = platform.chat("cell-mixed", "");
        assertThat(plain.headers().firstValue("x-platform-deployment")).contains("dep_cell-mixed_p-anthropic");
        var seeded = platform.chat("cell-mixed", ",\"seed\":7");
        assertThat(seeded.statusCode()).as(seeded.body()).isEqualTo(200);
        assertThat(seeded.headers().firstValue("x-platform-deployment")).contains("dep_cell-mixed_p-openai");
    }

    /** The table in the documentation is made of what the gateway goes by. */
    @Test
    void theMatrixInTheDocumentationIsTheOneInForce() throws Exception {
        var providers = platform.context.getBean(Providers.class);
        var rows = new ArrayList<String>();
        rows.add("| Endpoint | " + TYPES.stream().map(type -> "`" + type + "`").collect(Collectors.joining(" | "))
                + " |");
        rows.add("|---|" + "---|".repeat(TYPES.size()));
        for (var operation : Operation.values()) {
            if (!operation.path().isEmpty()) {
                rows.add("| `/v1" + operation.path() + "` | "
                        + TYPES.stream()
                                .map(type -> state(providers, type, operation))
                                .collect(Collectors.joining(" | "))
                        + " |");
            }
        }
        var expected = String.join("\n", rows);
        var document = Files.readString(Path.of("../docs/DATA-PLANE.md"));
        assertThat(document)
                .as("docs/DATA-PLANE.md must hold this table:\n%s", expected)
                .contains(expected);
    }

    private static String state(Providers providers, String type, Operation operation) {
        var plan = providers.plan(type, operation);
        if (plan.isPresent()) {
            return plan.get().isNative() ? "native" : "translated";
        }
        return operation == Operation.COUNT_TOKENS ? "estimated" : "refused";
    }
}
