package io.llmplatform.proxy.upstream.anthropic;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Anthropic's events as chunks. Calls of tools are numbered on their own, apart from the blocks they stand among. Signed
 * thoughts are handed over whole when their block closes.
 */
final class ChatStream {
    private final ChatAnswer answer;
    private final ChatUsage usage = new ChatUsage();
    private final Map<Integer, OpenBlock> open = new HashMap<>();
    private String id = "";
    private String model = "";
    private int calls;
    private boolean begun;
    private boolean finished;
    private boolean over;

    ChatStream(ChatAnswer answer) {
        this.answer = answer;
    }

    void event(ObjectNode event, Consumer<ObjectNode> out) {
        var type = event.path("type").asString("");
        switch (type) {
            case "message_start" -> begin(event.path("message"), out);
            case "content_block_start" -> blockBegins(event, out);
            case "content_block_delta" -> blockGrows(event, out);
            case "content_block_stop" -> blockEnds(open.remove(index(event)), out);
            case "message_delta" -> messageDelta(event, out);
            case "message_stop" -> {
                demandBegun(type);
                finish("stop", out);
                end(out);
            }
            default -> {
                // Pings, and events that Anthropic may add at any time.
            }
        }
    }

    /** The usage is told once the reason for the end was; a stream that broke off before has no end. */
    void end(Consumer<ObjectNode> out) {
        if (finished && !over) {
            over = true;
            var chunk = answer.envelope("chat.completion.chunk", id, model);
            chunk.putArray("choices");
            usage.into(chunk);
            out.accept(chunk);
        }
    }

    private void begin(JsonNode message, Consumer<ObjectNode> out) {
        if (begun) {
            throw new IllegalArgumentException("a second message_start");
        }
        begun = true;
        id = message.path("id").asString("");
        model = message.path("model").asString("");
        usage.take(message.path("usage"));
        emit(out, delta -> delta.put("role", "assistant").put("content", ""));
    }

    private void blockBegins(ObjectNode event, Consumer<ObjectNode> out) {
        demandBegun("content_block_start");
        var block = event.path("content_block");
        switch (block.path("type").asString("")) {
            case "text" -> text(block.path("text").asString(""), out);
            case "thinking", "redacted_thinking" -> {
                var thought = new OpenBlock.Thought((ObjectNode) block.deepCopy());
                open.put(index(event), thought);
                reasoning(block.path("thinking").asString(""), out);
            }
            case "tool_use" -> {
                int ordinal = answer.isText(block) ? OpenBlock.Input.TEXT : calls++;
                open.put(index(event), new OpenBlock.Input(ordinal, block.path("input")));
                if (ordinal != OpenBlock.Input.TEXT) {
                    callBegins(ordinal, block, out);
                }
            }
            default -> {
                // As in whole answers: blocks of tools that only the provider has.
            }
        }
    }

    private void blockGrows(ObjectNode event, Consumer<ObjectNode> out) {
        demandBegun("content_block_delta");
        var delta = event.path("delta");
        var block = open.get(index(event));
        switch (delta.path("type").asString("")) {
            case "text_delta" -> text(delta.path("text").asString(""), out);
            case "input_json_delta" -> {
                if (block instanceof OpenBlock.Input input) {
                    arguments(input, delta.path("partial_json").asString(""), out);
                }
            }
            case "thinking_delta" -> {
                if (block instanceof OpenBlock.Thought thought) {
                    var more = delta.path("thinking").asString("");
                    thought.text().append(more);
                    reasoning(more, out);
                }
            }
            case "signature_delta" -> {
                if (block instanceof OpenBlock.Thought thought) {
                    thought.signature().append(delta.path("signature").asString(""));
                }
            }
            default -> {
                // Citations have no place in chat.
            }
        }
    }

    private void blockEnds(@Nullable OpenBlock block, Consumer<ObjectNode> out) {
        switch (block) {
            case null -> {}
            case OpenBlock.Thought thought ->
                emit(out, delta -> delta.putArray("thinking_blocks").add(thought.whole()));
            case OpenBlock.Input input -> arguments(input, input.rest(), out);
        }
    }

    private void messageDelta(ObjectNode event, Consumer<ObjectNode> out) {
        demandBegun("message_delta");
        usage.take(event.path("usage"));
        var delta = event.path("delta");
        var reason = delta.path("stop_reason").asString("");
        if (reason.isEmpty()) {
            return;
        }
        var explanation = ChatAnswer.explanation(delta);
        if (!explanation.isEmpty()) {
            emit(out, said -> said.put("refusal", explanation));
        }
        finish(answer.finishReason(reason), out);
    }

    private void finish(String reason, Consumer<ObjectNode> out) {
        if (finished) {
            return;
        }
        finished = true;
        var chunk = chunk();
        ((ObjectNode) chunk.path("choices").path(0)).put("finish_reason", reason);
        out.accept(chunk);
    }

    private void text(String text, Consumer<ObjectNode> out) {
        if (!text.isEmpty()) {
            emit(out, delta -> delta.put("content", text));
        }
    }

    private void reasoning(String text, Consumer<ObjectNode> out) {
        if (!text.isEmpty()) {
            emit(out, delta -> delta.put("reasoning_content", text));
        }
    }

    private void callBegins(int ordinal, JsonNode block, Consumer<ObjectNode> out) {
        emit(out, delta -> {
            var call = delta.putArray("tool_calls").addObject().put("index", ordinal);
            call.set("id", block.path("id"));
            call.put("type", "function");
            call.putObject("function").put("arguments", "").set("name", block.path("name"));
        });
    }

    private void arguments(OpenBlock.Input input, String piece, Consumer<ObjectNode> out) {
        if (piece.isEmpty()) {
            return;
        }
        input.streamed();
        if (input.ordinal() == OpenBlock.Input.TEXT) {
            text(piece, out);
        } else {
            emit(out, delta -> delta.putArray("tool_calls")
                    .addObject()
                    .put("index", input.ordinal())
                    .putObject("function")
                    .put("arguments", piece));
        }
    }

    private void emit(Consumer<ObjectNode> out, Consumer<ObjectNode> delta) {
        var chunk = chunk();
        delta.accept((ObjectNode) chunk.path("choices").path(0).path("delta"));
        out.accept(chunk);
    }

    private ObjectNode chunk() {
        var chunk = answer.envelope("chat.completion.chunk", id, model);
        var choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta");
        choice.putNull("finish_reason");
        return chunk;
    }

    private void demandBegun(String type) {
        if (!begun) {
            throw new IllegalArgumentException(type + " before message_start");
        }
    }

    private static int index(ObjectNode event) {
        return event.path("index").asInt(0);
    }
}
