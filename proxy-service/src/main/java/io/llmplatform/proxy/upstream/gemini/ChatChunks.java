package io.llmplatform.proxy.upstream.gemini;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stream of {@code GenerateContentResponse}s as chunks. Gemini marks no end, some of its models name a finish reason in
 * every event, and usage may come after it: so choices are finished when the stream is over, and only if each had a reason.
 */
final class ChatChunks {
    private final AnswerHead head;
    private final boolean oneCall;
    private final Map<Integer, Choice> choices = new TreeMap<>();
    private final ObjectNode usage = Shape.JSON.createObjectNode();
    private String version = "";
    private int calls;

    ChatChunks(AnswerHead head, boolean oneCall) {
        this.head = head;
        this.oneCall = oneCall;
    }

    void event(JsonNode upstream, Consumer<ObjectNode> out) {
        if (upstream.has("error")) {
            throw new IllegalArgumentException("expected a piece of an answer, got an error");
        }
        if (version.isEmpty()) {
            version = upstream.path("modelVersion").stringValue("");
        }
        if (upstream.path("usageMetadata") instanceof ObjectNode counts) {
            usage.setAll(counts);
        }
        var candidates = upstream.path("candidates");
        for (int i = 0; i < candidates.size(); i++) {
            candidate(candidates.get(i), i, out);
        }
        if (candidates.isEmpty() && FinishReason.blocked(upstream)) {
            choice(0, out).reason = "PROMPT_BLOCKED";
        }
    }

    void end(Consumer<ObjectNode> out) {
        if (choices.isEmpty() || choices.values().stream().anyMatch(choice -> choice.reason.isEmpty())) {
            return;
        }
        choices.values().forEach(choice -> {
            var chunk = begin();
            var node = chunk.putArray("choices").addObject().put("index", choice.index);
            node.putObject("delta");
            node.put("finish_reason", FinishReason.toChat(choice.reason, choice.calls > 0));
            out.accept(chunk);
        });
        if (!usage.isEmpty()) {
            var chunk = begin();
            chunk.putArray("choices");
            chunk.set("usage", GeminiUsage.toChat(usage));
            out.accept(chunk);
        }
    }

    private void candidate(JsonNode candidate, int place, Consumer<ObjectNode> out) {
        var choice = choice(candidate.path("index").asInt(place), out);
        var logprobs = Logprobs.of(candidate);
        for (var piece : Piece.of(candidate)) {
            var delta = delta(piece, choice);
            if (delta != null) {
                emit(choice, delta, delta.has("content") ? logprobs : null, out);
                logprobs = delta.has("content") ? null : logprobs;
            }
        }
        if (logprobs != null) {
            emit(choice, Shape.JSON.createObjectNode(), logprobs, out);
        }
        var reason = FinishReason.of(candidate);
        if (!reason.isEmpty()) {
            FinishReason.demandAnswered(reason);
            choice.reason = reason;
        }
    }

    private @Nullable ObjectNode delta(Piece piece, Choice choice) {
        var delta = Shape.JSON.createObjectNode();
        switch (piece) {
            case Piece.Text it -> delta.put("content", it.text());
            case Piece.Reasoning it -> delta.put("reasoning_content", it.text());
            case Piece.Sealed it -> Signature.onChat(delta, it.signature());
            case Piece.Image it ->
                delta.putArray("images")
                        .addObject()
                        .put("type", "image_url")
                        .putObject("image_url")
                        .put("url", it.url());
            case Piece.Call it -> {
                if (oneCall && choice.calls > 0) {
                    return null;
                }
                var call = delta.putArray("tool_calls").addObject().put("index", choice.calls++);
                ToolCall.write(it, head.callId(calls++), call);
            }
        }
        return delta;
    }

    private Choice choice(int index, Consumer<ObjectNode> out) {
        var known = choices.get(index);
        if (known != null) {
            return known;
        }
        var choice = new Choice(index);
        choices.put(index, choice);
        emit(choice, Shape.JSON.createObjectNode().put("role", "assistant").put("content", ""), null, out);
        return choice;
    }

    private void emit(Choice choice, ObjectNode delta, @Nullable ObjectNode logprobs, Consumer<ObjectNode> out) {
        var chunk = begin();
        var node = chunk.putArray("choices").addObject().put("index", choice.index);
        node.set("delta", delta);
        if (logprobs != null) {
            node.set("logprobs", logprobs);
        }
        node.putNull("finish_reason");
        out.accept(chunk);
    }

    private ObjectNode begin() {
        return head.begin("chat.completion.chunk", version);
    }

    private static final class Choice {
        private final int index;
        private int calls;
        private String reason = "";

        Choice(int index) {
            this.index = index;
        }
    }
}
