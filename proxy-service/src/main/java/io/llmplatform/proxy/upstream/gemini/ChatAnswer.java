package io.llmplatform.proxy.upstream.gemini;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A whole {@code GenerateContentResponse} as a chat completion. */
final class ChatAnswer {
    private final AnswerHead head;
    private final boolean oneCall;
    private int calls;

    ChatAnswer(AnswerHead head, boolean oneCall) {
        this.head = head;
        this.oneCall = oneCall;
    }

    ObjectNode of(JsonNode upstream) {
        var out = head.begin("chat.completion", upstream.path("modelVersion").stringValue(""));
        var choices = out.putArray("choices");
        var candidates = upstream.path("candidates");
        for (int i = 0; i < candidates.size(); i++) {
            choice(candidates.get(i), i, choices);
        }
        if (choices.isEmpty()) {
            if (!FinishReason.blocked(upstream)) {
                throw new IllegalArgumentException("expected candidates or the reason why the prompt was blocked");
            }
            var choice = choices.addObject().put("index", 0);
            message(choice.putObject("message"), List.of());
            choice.putNull("logprobs").put("finish_reason", "content_filter");
        }
        if (upstream.path("usageMetadata").isObject()) {
            out.set("usage", GeminiUsage.toChat(upstream.path("usageMetadata")));
        }
        return out;
    }

    private void choice(JsonNode candidate, int place, ArrayNode choices) {
        var reason = FinishReason.of(candidate);
        if (reason.isEmpty()) {
            throw new IllegalArgumentException("expected a finishReason in candidates[" + place + "]");
        }
        var choice = choices.addObject().put("index", candidate.path("index").asInt(place));
        boolean called = message(choice.putObject("message"), Piece.of(candidate));
        var logprobs = Logprobs.of(candidate);
        if (logprobs == null) {
            choice.putNull("logprobs");
        } else {
            choice.set("logprobs", logprobs);
        }
        choice.put("finish_reason", FinishReason.toChat(reason, called));
    }

    /** @return whether it calls a tool */
    private boolean message(ObjectNode message, List<Piece> pieces) {
        var text = new StringBuilder();
        var reasoning = new StringBuilder();
        var toolCalls = Shape.JSON.createArrayNode();
        var images = Shape.JSON.createArrayNode();
        @Nullable String signature = null;
        for (var piece : pieces) {
            switch (piece) {
                case Piece.Text it -> text.append(it.text());
                case Piece.Reasoning it -> reasoning.append(it.text());
                case Piece.Sealed it -> signature = it.signature();
                case Piece.Image it ->
                    images.addObject()
                            .put("type", "image_url")
                            .putObject("image_url")
                            .put("url", it.url());
                case Piece.Call it -> {
                    if (toolCalls.isEmpty() || !oneCall) {
                        ToolCall.write(it, head.callId(calls++), toolCalls.addObject());
                    }
                }
            }
        }
        message.put("role", "assistant");
        if (text.isEmpty() && !toolCalls.isEmpty()) {
            message.putNull("content");
        } else {
            message.put("content", text.toString());
        }
        message.putNull("refusal");
        if (!reasoning.isEmpty()) {
            message.put("reasoning_content", reasoning.toString());
        }
        if (!images.isEmpty()) {
            message.set("images", images);
        }
        if (!toolCalls.isEmpty()) {
            message.set("tool_calls", toolCalls);
        }
        Signature.onChat(message, signature);
        return !toolCalls.isEmpty();
    }
}
