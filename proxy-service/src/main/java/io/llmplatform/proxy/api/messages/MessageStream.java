package io.llmplatform.proxy.api.messages;

import io.llmplatform.contracts.json.ContractJson;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Chunks of chat as Anthropic's events. Usage may come with the reason for the end, after it, or not at all; so the
 * message ends with the chunk of usage behind that reason, or else with the stream.
 */
final class MessageStream {
    private final MessageAnswer answer;
    private final BlockQueue blocks = new BlockQueue();
    private final Map<Integer, StreamBlock.Call> calls = new HashMap<>();
    private int ordinals;
    private boolean begun;
    private boolean over;
    private @Nullable String finish;
    private JsonNode finishChoice = ContractJson.mapper().missingNode();
    private JsonNode usage = ContractJson.mapper().missingNode();

    MessageStream(MessageAnswer answer) {
        this.answer = answer;
    }

    void event(ObjectNode chunk, Consumer<ObjectNode> out) {
        if (over) {
            return;
        }
        if (chunk.path("usage").isObject()) {
            usage = chunk.path("usage");
        }
        var choice = chunk.path("choices").path(0);
        if (!choice.isObject()) {
            if (finish != null && usage.isObject()) {
                complete(finish, out);
            }
            return;
        }
        if (choice.path("index").asInt(0) != 0) {
            return;
        }
        begin(chunk, out);
        delta(choice.path("delta"), out);
        if (choice.path("finish_reason").isString()) {
            finish = choice.path("finish_reason").stringValue();
            finishChoice = choice;
        }
        blocks.advance(finish != null, out);
    }

    void end(Consumer<ObjectNode> out) {
        if (over) {
            return;
        }
        if (finish != null) {
            complete(finish, out);
        } else {
            over = true;
            blocks.abandon(out);
        }
    }

    private void begin(ObjectNode chunk, Consumer<ObjectNode> out) {
        if (begun) {
            return;
        }
        begun = true;
        var message = answer.envelope(chunk);
        MessageUsage.estimate(message, answer.asked().promptTokens(), 0);
        out.accept(event("message_start").set("message", message));
    }

    private void delta(JsonNode delta, Consumer<ObjectNode> out) {
        var reasoning = MessageAnswer.reasoning(delta);
        if (!reasoning.isEmpty()) {
            thought().text(reasoning);
        }
        for (var block : delta.path("thinking_blocks").values()) {
            signed(block, reasoning.isEmpty());
        }
        text(delta.path("content").asString(""));
        text(delta.path("refusal").asString(""));
        for (var call : delta.path("tool_calls").values()) {
            call(call);
            // One by one, so that a call that is complete makes way for the next of the same chunk.
            blocks.advance(false, out);
        }
    }

    private void text(String text) {
        if (!text.isEmpty()) {
            var block = blocks.last() instanceof StreamBlock.Text last
                    ? last
                    : blocks.add(new StreamBlock.Text(new StringBuilder()));
            block.pending().append(text);
        }
    }

    private StreamBlock.Thought thought() {
        return blocks.last() instanceof StreamBlock.Thought last && !last.isSealed()
                ? last
                : blocks.add(new StreamBlock.Thought());
    }

    /** The text of a signed thought has usually been told before; the signature closes it. */
    private void signed(JsonNode block, boolean alone) {
        if (block.path("type").asString("").equals("redacted_thinking")) {
            blocks.add(new StreamBlock.Whole((ObjectNode) block.deepCopy()));
            return;
        }
        var signature = block.path("signature").asString("");
        boolean told = blocks.last() instanceof StreamBlock.Thought last && !last.isSealed();
        var thought = thought();
        if (!told || alone && signature.isEmpty()) {
            thought.text(block.path("thinking").asString(""));
        }
        thought.sign(signature);
    }

    private void call(JsonNode delta) {
        var call = callOf(delta);
        var arguments = delta.path("function").path("arguments").asString("");
        if (!blocks.isClosed(call)) {
            call.name(delta.path("function").path("name").asString(""));
            call.arguments(arguments);
        } else if (!arguments.isBlank()) {
            throw new IllegalArgumentException("more arguments for a call that was complete");
        }
    }

    /** By id, where a piece bears one: some servers number every call 0, or none. */
    private StreamBlock.Call callOf(JsonNode delta) {
        var id = delta.path("id").asString("");
        for (var known : calls.values()) {
            if (known.id().equals(id)) {
                return known;
            }
        }
        int index = delta.path("index").asInt(ordinals == 0 || !id.isEmpty() ? ordinals : ordinals - 1);
        var call = calls.get(index);
        boolean another = !id.isEmpty() && delta.path("function").path("name").isString();
        if (call == null || another && call.named()) {
            var extra = delta.path("extra_content") instanceof ObjectNode found ? found : null;
            call = blocks.add(new StreamBlock.Call(answer.callId(id, ordinals++), extra));
            calls.put(index, call);
        }
        return call;
    }

    private void complete(String reason, Consumer<ObjectNode> out) {
        over = true;
        blocks.advance(true, out);
        var end = event("message_delta");
        MessageAnswer.stop(end.putObject("delta"), reason, finishChoice, ordinals > 0);
        if (usage.isObject()) {
            MessageUsage.told(end, usage);
        } else {
            MessageUsage.estimate(end, answer.asked().promptTokens(), blocks.estimatedTokens());
        }
        out.accept(end);
        out.accept(event("message_stop"));
    }

    private static ObjectNode event(String type) {
        return ContractJson.mapper().createObjectNode().put("type", type);
    }
}
