package io.llmplatform.proxy.api.responses;

import static io.llmplatform.proxy.api.responses.Wire.chunk;
import static io.llmplatform.proxy.api.responses.Wire.stream;
import static io.llmplatform.proxy.api.responses.Wire.usage;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.ObjectMappers;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Chat streams cut at random places, read back with nothing but the rules of the Responses stream. */
class StreamPropertyTest {
    private static final String REQUEST = """
            {"model":"m","input":"hi","include":["reasoning.encrypted_content"],"tools":[{"type":"function","name":"f"},
             {"type":"function","name":"g"},{"type":"custom","name":"patch"}]}""";

    static List<Long> seeds() {
        return new Random(42).longs(150).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyStreamIsWellFormed(long seed) throws Exception {
        var script = new Script(new Random(seed));
        var events = stream(REQUEST, script.chunks);
        var reader = new Reader();
        events.forEach(reader::read);

        var response = events.getLast().get("response");
        assertThat(reader.open).isEmpty();
        assertThat(List.copyOf(response.get("output").values())).isEqualTo(reader.done);
        assertThat(response.get("status").stringValue())
                .isEqualTo(script.finish.equals("length") ? "incomplete" : "completed");
        assertThat(said(reader.done, "output_text", "text")).isEqualTo(script.text.toString());
        assertThat(said(reader.done, "summary_text", "text")).isEqualTo(script.reasoning.toString());
        assertThat(callsOf(reader.done)).isEqualTo(script.calls);
        ObjectMappers.jsonMapper()
                .readValue(response.toString(), Response.class)
                .validate();
    }

    private static String said(List<JsonNode> items, String type, String key) {
        var out = new StringBuilder();
        for (var item : items) {
            for (var part : item.has("summary") ? item.get("summary") : item.path("content")) {
                out.append(
                        type.equals(part.path("type").asString(""))
                                ? part.get(key).stringValue()
                                : "");
            }
        }
        return out.toString();
    }

    private static Map<String, String> callsOf(List<JsonNode> items) {
        var out = new HashMap<String, String>();
        for (var item : items) {
            if (item.has("call_id")) {
                out.put(
                        item.get("call_id").stringValue(),
                        item.path("arguments").asString(item.path("input").asString("")));
            }
        }
        return out;
    }

    /** What a provider might send. */
    private static final class Script {
        final List<ObjectNode> chunks = new ArrayList<>();
        final StringBuilder text = new StringBuilder();
        final StringBuilder reasoning = new StringBuilder();
        final Map<String, String> calls = new HashMap<>();
        final String finish;
        private final Random random;

        Script(Random random) {
            this.random = random;
            finish = List.of("stop", "tool_calls", "length").get(random.nextInt(3));
            chunks.add(chunk("{\"role\":\"assistant\",\"content\":\"\",\"unknown\":[1]}", ""));
            var pieces = new ArrayList<List<String>>();
            for (int i = random.nextInt(4); i > 0; i--) {
                pieces.add(random.nextBoolean() ? words("content", text) : words("reasoning_content", reasoning));
            }
            pieces.forEach(deltas -> deltas.forEach(delta -> chunks.add(chunk(delta, ""))));
            var tools = new ArrayList<List<String>>();
            for (int i = random.nextInt(4), index = 0; i > 0; i--, index++) {
                tools.add(call(index));
            }
            shuffle(tools);
            var end = chunk("{}", finish);
            if (random.nextBoolean()) {
                end.set("usage", usage().get("usage"));
                chunks.add(end);
            } else {
                chunks.add(end);
                chunks.add(usage());
            }
        }

        private List<String> words(String field, StringBuilder all) {
            var out = new ArrayList<String>();
            for (int i = random.nextInt(5); i > 0; i--) {
                var word = random.nextInt(5) == 0 ? "" : "w" + random.nextInt(100) + " 你";
                all.append(word);
                out.add(Fields.object().put(field, word).toString());
            }
            return out;
        }

        private List<String> call(int index) {
            var name = List.of("f", "g", "patch").get(random.nextInt(3));
            var input = "x\n\"" + random.nextInt(1000);
            var arguments = Fields.object().put("input", input).toString();
            calls.put("c" + index, name.equals("patch") ? input : arguments);
            var out = new ArrayList<String>();
            boolean early = random.nextBoolean();
            out.add(delta(index, "c" + index, early ? name : null, ""));
            for (int from = 0; from < arguments.length(); ) {
                int to = Math.min(arguments.length(), from + 1 + random.nextInt(8));
                out.add(delta(index, null, !early && from == 0 ? name : null, arguments.substring(from, to)));
                from = to;
            }
            return out;
        }

        private static String delta(int index, String id, String name, String arguments) {
            var out = Fields.object();
            var call = out.putArray("tool_calls").addObject().put("index", index);
            if (id != null) {
                call.put("id", id).put("type", "function");
            }
            var function = call.putObject("function").put("arguments", arguments);
            if (name != null) {
                function.put("name", name);
            }
            return out.toString();
        }

        /** Calls side by side, each in its own order, with a word between them at times. */
        private void shuffle(List<List<String>> tools) {
            var left = new ArrayList<>(tools);
            while (!left.isEmpty()) {
                var one = left.get(random.nextInt(left.size()));
                chunks.add(chunk(one.removeFirst(), ""));
                left.removeIf(List::isEmpty);
                if (random.nextInt(6) == 0) {
                    text.append("aside");
                    chunks.add(chunk("{\"content\":\"aside\"}", ""));
                }
            }
        }
    }

    /** Knows only what the stream says. */
    private static final class Reader {
        final Map<Integer, Map<String, StringBuilder>> open = new HashMap<>();
        final List<JsonNode> done = new ArrayList<>();
        private final Map<Integer, JsonNode> finished = new HashMap<>();
        private final Map<Integer, String> ids = new HashMap<>();
        private int sequence;
        private int added;

        void read(JsonNode event) {
            assertThat(event.get("sequence_number").intValue()).isEqualTo(sequence++);
            valid(event);
            var type = event.get("type").stringValue().substring("response.".length());
            var item = event.path("output_index").asInt(-1);
            if (event.has("item_id")) {
                assertThat(open).containsKey(item);
                assertThat(event.get("item_id").stringValue()).isEqualTo(ids.get(item));
            }
            switch (type) {
                case "created", "in_progress" -> assertThat(added).isZero();
                case "output_item.added" -> {
                    assertThat(item).isEqualTo(added++);
                    ids.put(item, event.at("/item/id").stringValue());
                    open.put(item, new HashMap<>());
                }
                case "output_item.done" -> {
                    assertThat(open.remove(item)).isEmpty();
                    assertThat(event.at("/item/id").stringValue()).isEqualTo(ids.get(item));
                    finished.put(item, event.get("item"));
                }
                case "content_part.added", "reasoning_summary_part.added" -> part(event, item, "part", true);
                case "content_part.done", "reasoning_summary_part.done" -> part(event, item, "part", false);
                case "output_text.delta", "refusal.delta", "reasoning_summary_text.delta" ->
                    text(event, item).append(event.get("delta").stringValue());
                case "function_call_arguments.delta", "custom_tool_call_input.delta" ->
                    open.get(item)
                            .computeIfAbsent("call", key -> new StringBuilder())
                            .append(event.get("delta").stringValue());
                case "output_text.done", "reasoning_summary_text.done" ->
                    assertThat(event.get("text").stringValue())
                            .isEqualTo(text(event, item).toString());
                case "function_call_arguments.done", "custom_tool_call_input.done" ->
                    assertThat(event.path("arguments")
                                    .asString(event.path("input").asString("")))
                            .isEqualTo(String.valueOf(open.get(item).remove("call")));
                case "completed", "incomplete" -> {
                    for (int i = 0; i < added; i++) {
                        done.add(finished.get(i));
                    }
                }
                default -> throw new AssertionError("an event of type " + type);
            }
        }

        private void part(JsonNode event, int item, String key, boolean begins) {
            var name = key + event.path("content_index").asInt(0);
            if (begins) {
                assertThat(open.get(item).put(name, new StringBuilder())).isNull();
            } else {
                assertThat(event.at("/part/text").stringValue())
                        .isEqualTo(open.get(item).remove(name).toString());
            }
        }

        private StringBuilder text(JsonNode event, int item) {
            return open.get(item).get("part" + event.path("content_index").asInt(0));
        }

        /** As the official SDK understands it. */
        private static void valid(JsonNode event) {
            try {
                ObjectMappers.jsonMapper()
                        .readValue(event.toString(), ResponseStreamEvent.class)
                        .validate();
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new AssertionError(e);
            }
        }
    }
}
