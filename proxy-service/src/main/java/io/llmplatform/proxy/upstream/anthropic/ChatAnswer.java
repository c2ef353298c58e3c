package io.llmplatform.proxy.upstream.anthropic;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.translate.Origin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message of Anthropic as a chat completion.
 *
 * @param jsonTool the input of {@link OutputFormat#JSON_TOOL} is the text of the answer
 */
record ChatAnswer(Origin origin, boolean jsonTool) {
    ObjectNode whole(ObjectNode message) {
        if (!(message.path("content") instanceof ArrayNode content)) {
            throw new IllegalArgumentException("a message without content");
        }
        var out = envelope(
                "chat.completion",
                message.path("id").asString(""),
                message.path("model").asString(""));
        var choice = out.putArray("choices").addObject().put("index", 0);
        var said = choice.putObject("message").put("role", "assistant");
        blocks(content, said);
        said.putNull("refusal");
        var explanation = explanation(message);
        if (!explanation.isEmpty()) {
            said.put("refusal", explanation);
        }
        choice.putNull("logprobs");
        choice.put("finish_reason", finishReason(message.path("stop_reason").asString("")));
        var usage = new ChatUsage();
        usage.take(message.path("usage"));
        usage.into(out);
        return out;
    }

    ObjectNode envelope(String object, String id, String model) {
        return ContractJson.mapper()
                .createObjectNode()
                .put("id", id.isEmpty() ? "chatcmpl-" + origin.requestId() : id)
                .put("object", object)
                .put("created", origin.created())
                .put("model", model);
    }

    String finishReason(String stopReason) {
        return switch (stopReason) {
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> jsonTool ? "stop" : "tool_calls";
            case "refusal" -> "content_filter";
            default -> "stop";
        };
    }

    /** Whether a block is the answer in disguise. */
    boolean isText(JsonNode block) {
        return jsonTool && block.path("name").asString("").equals(OutputFormat.JSON_TOOL);
    }

    /** @param holder of {@code stop_details} */
    static String explanation(JsonNode holder) {
        return holder.path("stop_details").path("explanation").asString("");
    }

    private void blocks(ArrayNode content, ObjectNode said) {
        var text = new StringBuilder();
        var reasoning = new StringBuilder();
        var thoughts = said.arrayNode();
        var calls = said.arrayNode();
        for (var block : content) {
            switch (block.path("type").asString("")) {
                case "text" -> text.append(block.path("text").asString(""));
                case "thinking" -> {
                    reasoning.append(block.path("thinking").asString(""));
                    thoughts.add(block);
                }
                case "redacted_thinking" -> thoughts.add(block);
                case "tool_use" -> {
                    if (isText(block)) {
                        text.append(block.path("input"));
                    } else {
                        call(block, calls);
                    }
                }
                default -> {
                    // Blocks of the provider's own tools, which no chat request can have asked for.
                }
            }
        }
        if (text.isEmpty() && !calls.isEmpty()) {
            said.putNull("content");
        } else {
            said.put("content", text.toString());
        }
        if (!reasoning.isEmpty()) {
            said.put("reasoning_content", reasoning.toString());
        }
        if (!thoughts.isEmpty()) {
            said.set("thinking_blocks", thoughts);
        }
        if (!calls.isEmpty()) {
            said.set("tool_calls", calls);
        }
    }

    private static void call(JsonNode block, ArrayNode calls) {
        var call = calls.addObject();
        call.set("id", block.path("id"));
        call.put("type", "function");
        var function = call.putObject("function");
        function.set("name", block.path("name"));
        function.put(
                "arguments",
                block.path("input").isObject() ? block.path("input").toString() : "{}");
    }
}
