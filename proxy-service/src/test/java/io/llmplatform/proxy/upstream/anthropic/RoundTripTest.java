package io.llmplatform.proxy.upstream.anthropic;

import static io.llmplatform.proxy.api.messages.Translated.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.api.messages.MessagesToChat;
import io.llmplatform.proxy.api.messages.Translated;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Over to Anthropic's form and back: roles, text and calls stay as they were. */
class RoundTripTest {
    private static final String[] WORDS = {"Ada", "grüßt", "世界", "\"{}\"", "\\n", "🙂", "1e3", "<b>"};

    private final Translated toMessages = new Translated(new ChatToMessages());
    private final Translated toChat = new Translated(new MessagesToChat());

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void conversations(int seed) {
        var random = new Random(seed);
        var chat = object().put("model", "m").put("max_completion_tokens", 99);
        var messages = chat.putArray("messages");
        if (random.nextBoolean()) {
            messages.addObject().put("role", "system").put("content", text(random));
        }
        int calls = 0;
        for (int turn = 0; turn <= random.nextInt(5); turn++) {
            messages.addObject().put("role", "user").put("content", text(random));
            var assistant = message(random, calls);
            messages.add(assistant);
            int made = assistant.path("tool_calls").size();
            for (int i = 0; i < made; i++) {
                messages.addObject()
                        .put("role", "tool")
                        .put("tool_call_id", "call_" + (calls + i))
                        .put("content", random.nextBoolean() ? "" : text(random));
            }
            calls += made;
        }
        messages.addObject().put("role", "user").put("content", text(random));
        chat.putArray("tools")
                .addObject()
                .put("type", "function")
                .putObject("function")
                .put("name", "f")
                .putObject("parameters")
                .put("type", "object");

        var over = toMessages.request(chat.toString());
        for (var message : over.path("messages").values()) {
            assertThat(message.path("content").isEmpty()).isFalse();
        }
        assertThat(toChat.request(over.toString())).isEqualTo(json(chat));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void answers(int seed) {
        var random = new Random(seed);
        var said = message(random, 0);
        said.putNull("refusal");
        var finish = said.has("tool_calls") ? "tool_calls" : "stop";
        var chat = object().put("id", "msg_1")
                .put("object", "chat.completion")
                .put("created", 1700000000)
                .put("model", "m");
        var choice = chat.putArray("choices").addObject().put("index", 0);
        choice.set("message", said);
        choice.putNull("logprobs").put("finish_reason", finish);
        int cached = random.nextInt(50);
        var usage = chat.putObject("usage")
                .put("prompt_tokens", 100)
                .put("completion_tokens", 7)
                .put("total_tokens", 107);
        usage.putObject("prompt_tokens_details").put("cached_tokens", cached);

        var message = toChat.answer(messagesRequest(), chat.toString());
        assertThat(message.path("usage").path("input_tokens").asInt(-1)).isEqualTo(100 - cached);
        assertThat(toMessages.answer(chatRequest(), message.toString())).isEqualTo(json(chat));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void streamsCutAnywhere(int seed) {
        var random = new Random(seed);
        var said = message(random, 0);
        var finish = said.has("tool_calls") ? "tool_calls" : "stop";
        var chunks = chunks(said, finish, random);

        var events = toChat.stream(messagesRequest(), chunks, true);
        assertThat(events.getLast()).isEqualTo(json("{\"type\":\"message_stop\"}"));
        var back = toMessages.stream(
                chatRequest(), events.stream().map(JsonNode::toString).collect(Collectors.joining("\n")), true);

        var content = new StringBuilder();
        var arguments = ContractJson.mapper().createObjectNode();
        for (var chunk : back) {
            var delta = chunk.path("choices").path(0).path("delta");
            content.append(delta.path("content").asString(""));
            for (var call : delta.path("tool_calls").values()) {
                var index = call.path("index").asString("");
                arguments.put(
                        index,
                        arguments.path(index).asString("")
                                + call.path("function").path("arguments").asString(""));
            }
        }
        assertThat(content).hasToString(said.path("content").asString(""));
        for (int i = 0; i < said.path("tool_calls").size(); i++) {
            assertThat(arguments.path(Integer.toString(i)))
                    .isEqualTo(said.path("tool_calls").path(i).path("function").path("arguments"));
        }
        assertThat(arguments.size()).isEqualTo(said.path("tool_calls").size());
        assertThat(back.get(back.size() - 2)
                        .path("choices")
                        .path(0)
                        .path("finish_reason")
                        .asString(""))
                .isEqualTo(finish);
        assertThat(back.getLast().path("usage").path("total_tokens").asInt(0)).isEqualTo(15);
    }

    /** All calls begin in order; their arguments then come in pieces of any of them. */
    private static String chunks(ObjectNode said, String finish, Random random) {
        var out = new StringBuilder();
        var text = said.path("content").asString("");
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(4));
            line(out, object().put("content", text.substring(at, end)), null);
            at = end;
        }
        var calls = said.path("tool_calls");
        int[] told = new int[calls.size()];
        for (int i = 0; i < calls.size(); i++) {
            line(out, call(i, "", (ObjectNode) calls.get(i)), null);
        }
        for (int i = 0, left = calls.size(); left > 0; i = random.nextInt(calls.size())) {
            var whole = calls.get(i).path("function").path("arguments").asString("");
            if (told[i] < whole.length()) {
                int end = Math.min(whole.length(), told[i] + 1 + random.nextInt(6));
                line(out, call(i, whole.substring(told[i], end), null), null);
                told[i] = end;
                left -= end == whole.length() ? 1 : 0;
            }
        }
        line(out, object(), finish);
        return out.append("{\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}}")
                .toString();
    }

    private static ObjectNode call(int index, String arguments, @Nullable ObjectNode first) {
        var delta = object();
        var call = delta.putArray("tool_calls").addObject().put("index", index);
        if (first != null) {
            call.set("id", first.path("id"));
        }
        var function = call.putObject("function").put("arguments", arguments);
        if (first != null) {
            function.set("name", first.path("function").path("name"));
        }
        return delta;
    }

    private static void line(StringBuilder out, ObjectNode delta, @Nullable String finish) {
        var chunk = object().put("id", "c");
        var choice = chunk.putArray("choices").addObject();
        choice.put("index", 0).put("finish_reason", finish).set("delta", delta);
        out.append(chunk).append('\n');
    }

    private static ObjectNode message(Random random, int firstCall) {
        var message = object().put("role", "assistant");
        int calls = random.nextInt(4);
        if (calls > 0 && random.nextBoolean()) {
            message.putNull("content");
        } else {
            message.put("content", text(random));
        }
        if (calls > 0) {
            ArrayNode list = message.putArray("tool_calls");
            for (int i = 0; i < calls; i++) {
                var input = object();
                for (int field = random.nextInt(3); field > 0; field--) {
                    input.put("k" + field, text(random));
                }
                list.addObject()
                        .put("id", "call_" + (firstCall + i))
                        .put("type", "function")
                        .putObject("function")
                        .put("name", "f")
                        .put("arguments", input.toString());
            }
        }
        return message;
    }

    private static String text(Random random) {
        return random.ints(1 + random.nextInt(5), 0, WORDS.length)
                .mapToObj(i -> WORDS[i])
                .collect(Collectors.joining(" "));
    }

    private static ObjectNode object() {
        return ContractJson.mapper().createObjectNode();
    }

    private static String chatRequest() {
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    }

    private static String messagesRequest() {
        return "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    }
}
