package io.llmplatform.proxy.upstream.mock;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Chats: calls tools (see {@link ToolChooser}), fills schemas (see {@link SchemaInstance}), reasons when asked to, and
 * else talks about itself.
 */
final class ChatCapability implements Capability {
    @Override
    public Reply answer(Ask ask) {
        var params = ask.json();
        var asked = ChatQuestion.of(params, ask.model());
        var choices = choices(asked, ask);
        var wire = new ChatWire(ask.id("chatcmpl"), ask.created(), ask.model(), asked, choices);
        return ask.request().stream() ? Reply.stream(wire.stream()) : Reply.json(wire.whole(), wire.completionTokens());
    }

    static List<ChatChoice> choices(ChatQuestion asked, Ask ask) {
        var tools = new ToolChooser(asked).chosen();
        var arguments =
                tools.stream().map(tool -> arguments(tool, asked.question())).toList();
        var form = form(asked);
        return IntStream.range(0, asked.choices())
                .mapToObj(number -> {
                    var calls = new ArrayList<ToolCall>();
                    for (int i = 0; i < tools.size(); i++) {
                        var id = "call_mock_" + ask.request().requestId() + "_" + number + "_" + i;
                        calls.add(new ToolCall(id, tools.get(i).path("name").asString(""), arguments.get(i)));
                    }
                    var text = form.isEmpty() ? ChatProse.answer(asked, number) : form;
                    return ChatChoice.of(asked, calls, text, !form.isEmpty());
                })
                .toList();
    }

    private static String arguments(JsonNode tool, String question) {
        var schema = tool.path("parameters");
        return schema.isObject() ? MockJson.text(SchemaInstance.of(schema, question, "tools")) : "{}";
    }

    /** JSON where the request wants that; else empty. */
    private static String form(ChatQuestion asked) {
        var format = asked.params().at("response_format");
        return switch (format.path("type").asString("text")) {
            case "text" -> "";
            case "json_object" ->
                MockJson.text(MockJson.object()
                        .put("answer", "This is the built-in mock model speaking.")
                        .put("question", Words.quote(asked.question(), 80)));
            case "json_schema" -> {
                var schema = format.path("json_schema").path("schema");
                if (!schema.isObject()) {
                    throw new MockRefusal(
                            "response_format.json_schema.schema", "Expected a JSON schema in `response_format`.");
                }
                yield MockJson.text(SchemaInstance.of(schema, asked.question(), "response_format"));
            }
            default ->
                throw new MockRefusal(
                        "response_format",
                        "Expected `text`, `json_object` or `json_schema` as `response_format.type`.");
        };
    }
}
