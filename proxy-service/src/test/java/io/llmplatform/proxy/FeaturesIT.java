package io.llmplatform.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.proxy.api.Operation;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Tools, reasoning, pictures, structured output and stop reasons: three APIs of clients in front of three of providers. */
class FeaturesIT {
    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"],\"additionalProperties\":false}";
    private static final String PICTURE = "iVBORw0KGgo=";

    private static Platform platform;

    /** @param provider of the API {@code spoken} */
    record Cell(Ingress ingress, String provider, Operation spoken, boolean stream) {}

    static Stream<Cell> cells() {
        return asked().flatMap(cell -> Stream.of(cell, new Cell(cell.ingress(), cell.provider(), cell.spoken(), true)));
    }

    static Stream<Cell> asked() {
        return Stream.of(Ingress.CHAT, Ingress.RESPONSES, Ingress.MESSAGES)
                .flatMap(ingress -> Stream.of(
                        new Cell(ingress, "p-compatible", Operation.CHAT, false),
                        new Cell(ingress, "p-anthropic", Operation.MESSAGES, false),
                        new Cell(ingress, "p-gemini", Operation.GEMINI_CONTENT, false)));
    }

    private interface Answer {
        String of(Operation spoken, boolean stream);
    }

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.shared();
        for (var cell : asked().filter(cell -> cell.ingress() == Ingress.CHAT).toList()) {
            serve("tools", cell, Features::toolCall);
            serve("reasons", cell, Features::reasoning);
            serve("short", cell, Features::cutShort);
            serve("asked", cell, (spoken, stream) -> Canned.whole(spoken));
        }
    }

    private static String model(String feature, Cell cell) {
        return feature + "-" + cell.provider();
    }

    private static void serve(String feature, Cell cell, Answer answer) throws Exception {
        platform.serve(
                model(feature, cell),
                (request, response) -> {
                    boolean stream = "text/event-stream".equals(request.getHeader("Accept"));
                    (stream ? ScriptedUpstream.sse(response) : response).end(answer.of(cell.spoken(), stream));
                },
                cell.provider());
    }

    private static HttpResponse<String> ask(String feature, Cell cell, String more) throws Exception {
        return send(cell, cell.ingress().body(model(feature, cell), more + (cell.stream() ? ",\"stream\":true" : "")));
    }

    private static HttpResponse<String> send(Cell cell, String body) throws Exception {
        var response = platform.post(cell.ingress().path(), body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response;
    }

    /** What the provider was asked. */
    private static JsonNode asked(HttpResponse<?> response) {
        return Ingress.read(
                platform.upstream.callFor(Platform.requestId(response)).body());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void toolsAreOfferedAndCalled(Cell cell) throws Exception {
        var response = ask(
                "tools",
                cell,
                switch (cell.ingress()) {
                    case RESPONSES ->
                        ",\"tools\":[{\"type\":\"function\",\"name\":\"weather\",\"description\":\"d\",\"parameters\":"
                                + SCHEMA + ",\"strict\":false}],\"tool_choice\":\"required\"";
                    case MESSAGES ->
                        ",\"tools\":[{\"name\":\"weather\",\"description\":\"d\",\"input_schema\":" + SCHEMA
                                + "}],\"tool_choice\":{\"type\":\"any\"}";
                    default ->
                        ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"description\":\"d\",\"parameters\":"
                                + SCHEMA + "}}],\"tool_choice\":\"required\"";
                });
        var sent = asked(response);
        switch (cell.spoken()) {
            case CHAT -> {
                assertThat(sent.at("/tools/0/function/name").asString()).isEqualTo("weather");
                assertThat(sent.at("/tools/0/function/parameters/properties/city/type")
                                .asString())
                        .isEqualTo("string");
                assertThat(sent.path("tool_choice").asString()).isEqualTo("required");
            }
            case MESSAGES -> {
                assertThat(sent.at("/tools/0/name").asString()).isEqualTo("weather");
                assertThat(sent.at("/tools/0/input_schema/properties/city/type").asString())
                        .isEqualTo("string");
                assertThat(sent.at("/tool_choice/type").asString()).isEqualTo("any");
            }
            default -> {
                assertThat(sent.at("/tools/0/functionDeclarations/0/name").asString())
                        .isEqualTo("weather");
                assertThat(sent.at("/toolConfig/functionCallingConfig/mode").asString())
                        .isEqualTo("ANY");
            }
        }
        var body = response.body();
        var call = cell.stream() ? streamedCall(cell.ingress(), body) : wholeCall(cell.ingress(), Ingress.read(body));
        assertThat(call.name()).as(body).isEqualTo("weather");
        assertThat(Ingress.read(call.arguments())).isEqualTo(Ingress.read(Features.ARGUMENTS));
        assertThat(call.id()).isNotEmpty();
        assertThat(cell.ingress().stop(body, cell.stream()))
                .isEqualTo(
                        switch (cell.ingress()) {
                            case MESSAGES -> "tool_use";
                            case RESPONSES -> "completed";
                            default -> "tool_calls";
                        });
    }

    private record ToolCall(String id, String name, String arguments) {}

    private static ToolCall wholeCall(Ingress ingress, JsonNode answer) {
        return switch (ingress) {
            case RESPONSES -> {
                var item = typed(answer.path("output"), "function_call");
                yield new ToolCall(
                        item.path("call_id").asString(),
                        item.path("name").asString(),
                        item.path("arguments").asString());
            }
            case MESSAGES -> {
                var block = typed(answer.path("content"), "tool_use");
                yield new ToolCall(
                        block.path("id").asString(),
                        block.path("name").asString(),
                        block.path("input").toString());
            }
            default -> {
                var call = answer.at("/choices/0/message/tool_calls/0");
                yield new ToolCall(
                        call.path("id").asString(),
                        call.at("/function/name").asString(),
                        call.at("/function/arguments").asString());
            }
        };
    }

    private static ToolCall streamedCall(Ingress ingress, String body) {
        var events = Ingress.events(body);
        return switch (ingress) {
            case RESPONSES -> {
                var whole = wholeCall(ingress, events.getLast().path("response"));
                assertThat(joined(events, "response.function_call_arguments.delta", "/delta"))
                        .isEqualTo(whole.arguments());
                yield whole;
            }
            case MESSAGES -> {
                var start = events.stream()
                        .map(event -> event.path("content_block"))
                        .filter(block -> block.path("type").asString("").equals("tool_use"))
                        .findFirst()
                        .orElseThrow();
                yield new ToolCall(
                        start.path("id").asString(),
                        start.path("name").asString(),
                        joined(events, "content_block_delta", "/delta/partial_json"));
            }
            default -> {
                var calls = events.stream()
                        .map(event -> event.at("/choices/0/delta/tool_calls/0"))
                        .filter(JsonNode::isObject)
                        .toList();
                assertThat(calls).allMatch(call -> call.path("index").asInt(-1) == 0);
                assertThat(calls.stream().skip(1))
                        .noneMatch(
                                call -> call.has("id") || call.at("/function").has("name"));
                yield new ToolCall(
                        calls.getFirst().path("id").asString(),
                        calls.getFirst().at("/function/name").asString(),
                        calls.stream()
                                .map(call -> call.at("/function/arguments").asString(""))
                                .collect(Collectors.joining()));
            }
        };
    }

    private static String joined(List<JsonNode> events, String type, String pointer) {
        return events.stream()
                .filter(event -> type == null || event.path("type").asString("").equals(type))
                .map(event -> event.at(pointer).asString(""))
                .collect(Collectors.joining());
    }

    private static JsonNode typed(JsonNode items, String type) {
        return items.valueStream()
                .filter(item -> item.path("type").asString("").equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " in " + items));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void reasoningIsToldApartFromTheAnswer(Cell cell) throws Exception {
        var body = ask("reasons", cell, "").body();
        var events = Ingress.events(body);
        var reasoning =
                switch (cell.ingress()) {
                    case RESPONSES -> {
                        var output =
                                (cell.stream() ? events.getLast().path("response") : Ingress.read(body)).path("output");
                        var item = typed(output, "reasoning");
                        assertThat(typed(output, "message")
                                        .at("/content/0/text")
                                        .asString())
                                .isEqualTo(Canned.TEXT);
                        yield item.at("/summary/0/text")
                                .asString(item.at("/content/0/text").asString(""));
                    }
                    case MESSAGES ->
                        cell.stream()
                                ? joined(events, "content_block_delta", "/delta/thinking")
                                : typed(Ingress.read(body).path("content"), "thinking")
                                        .path("thinking")
                                        .asString();
                    default ->
                        cell.stream()
                                ? joined(events, null, "/choices/0/delta/reasoning_content")
                                : Ingress.read(body)
                                        .at("/choices/0/message/reasoning_content")
                                        .asString();
                };
        assertThat(reasoning).as(body).isEqualTo(Features.REASONING);
        if (cell.stream()) {
            assertThat(cell.ingress().text(body, true)).isEqualTo(Canned.TEXT);
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void anAnswerCutShortSaysSo(Cell cell) throws Exception {
        var body = ask("short", cell, "").body();
        assertThat(cell.ingress().stop(body, cell.stream()))
                .isEqualTo(
                        switch (cell.ingress()) {
                            case MESSAGES -> "max_tokens";
                            case RESPONSES -> "incomplete";
                            default -> "length";
                        });
        if (cell.ingress() == Ingress.RESPONSES) {
            var response = cell.stream() ? Ingress.events(body).getLast().path("response") : Ingress.read(body);
            assertThat(response.at("/incomplete_details/reason").asString()).isEqualTo("max_output_tokens");
        }
    }

    @ParameterizedTest
    @MethodSource("asked")
    void picturesReachTheProvider(Cell cell) throws Exception {
        var url = "data:image/png;base64," + PICTURE;
        var response = send(
                cell,
                "{\"model\":\"" + model("asked", cell) + "\","
                        + switch (cell.ingress()) {
                            case RESPONSES ->
                                "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"Look\"},"
                                        + "{\"type\":\"input_image\",\"detail\":\"auto\",\"image_url\":\"" + url
                                        + "\"}]}]}";
                            case MESSAGES ->
                                "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Look\"},"
                                        + "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\""
                                        + PICTURE + "\"}}]}]}";
                            default ->
                                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Look\"},"
                                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + url + "\"}}]}]}";
                        });
        var sent = asked(response);
        var picture =
                switch (cell.spoken()) {
                    case CHAT ->
                        sent.at("/messages/0/content/1/image_url/url")
                                .asString()
                                .replace("data:image/png;base64,", "");
                    case MESSAGES ->
                        sent.at("/messages/0/content/1/source/data").asString();
                    default -> sent.at("/contents/0/parts/1/inlineData/data").asString();
                };
        assertThat(picture).isEqualTo(PICTURE);
    }

    @ParameterizedTest
    @MethodSource("asked")
    void aSchemaForTheAnswerReachesTheProvider(Cell cell) throws Exception {
        var response = ask(
                "asked",
                cell,
                switch (cell.ingress()) {
                    case RESPONSES ->
                        ",\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"place\",\"strict\":true,\"schema\":"
                                + SCHEMA + "}}";
                    case MESSAGES ->
                        ",\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":" + SCHEMA + "}}";
                    default ->
                        ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"place\",\"strict\":true,\"schema\":"
                                + SCHEMA + "}}";
                });
        var sent = asked(response);
        var schema =
                switch (cell.spoken()) {
                    case CHAT -> sent.at("/response_format/json_schema/schema");
                    case MESSAGES -> sent.at("/output_config/format/schema");
                    default -> sent.at("/generationConfig/responseSchema");
                };
        assertThat(schema.at("/properties/city/type").asString(""))
                .as(sent.toString())
                .isEqualToIgnoringCase("string");
        assertThat(schema.at("/required/0").asString("")).isEqualTo("city");
        if (cell.spoken() == Operation.GEMINI_CONTENT) {
            assertThat(sent.at("/generationConfig/responseMimeType").asString()).isEqualTo("application/json");
            assertThat(schema.has("additionalProperties")).isFalse();
        }
    }
}
