package io.llmplatform.proxy.api.messages;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.translate.Origin;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A chat completion as a message of Anthropic. */
record MessageAnswer(Origin origin, Asked asked) {
    private static final String PREFIX = "msg_";
    private static final Pattern FOREIGN = Pattern.compile("^chatcmpl-|[^a-zA-Z0-9_-]");

    ObjectNode whole(ObjectNode chat) {
        var choice = chat.path("choices").path(0);
        if (!(choice.path("message") instanceof ObjectNode said)) {
            throw new IllegalArgumentException("a completion without a message");
        }
        var finish = choice.path("finish_reason").asString("");
        var out = envelope(chat);
        var content = (ArrayNode) out.path("content");
        thoughts(said, content);
        var text = said.path("content").asString("") + said.path("refusal").asString("");
        if (!text.isEmpty()) {
            content.addObject().put("type", "text").put("text", text);
        }
        boolean called = calls(said.path("tool_calls"), finish, content);
        stop(out, finish, choice, called);
        if (chat.path("usage").isObject()) {
            MessageUsage.told(out, chat.path("usage"));
        } else {
            MessageUsage.estimate(out, asked.promptTokens(), Asked.tokens(said));
        }
        return out;
    }

    /** A message without content, reason and usage. */
    ObjectNode envelope(JsonNode chat) {
        var id = FOREIGN.matcher(chat.path("id").asString("")).replaceAll("");
        var known = id.isEmpty() ? origin.requestId() : id;
        var model = chat.path("model").asString("");
        var out = ContractJson.mapper()
                .createObjectNode()
                .put("id", known.startsWith(PREFIX) ? known : PREFIX + known)
                .put("type", "message")
                .put("role", "assistant")
                .put("model", model.isEmpty() ? asked.model() : model);
        out.putArray("content");
        return out.putNull("stop_reason").putNull("stop_sequence");
    }

    String callId(@Nullable String given, int ordinal) {
        return given == null || given.isEmpty() ? "toolu_" + origin.requestId() + "_" + ordinal : given;
    }

    /** @param choice of chat; some servers (vLLM) tell in it which stop sequence was met */
    static void stop(ObjectNode holder, String finish, JsonNode choice, boolean called) {
        var met = choice.path("stop_reason");
        var reason =
                switch (finish) {
                    case "length" -> "max_tokens";
                    case "tool_calls", "function_call" -> "tool_use";
                    case "content_filter" -> "refusal";
                    default -> called ? "tool_use" : met.isString() ? "stop_sequence" : "end_turn";
                };
        holder.put("stop_reason", reason);
        holder.put("stop_sequence", reason.equals("stop_sequence") ? met.stringValue() : null);
    }

    /** Under DeepSeek's name or the one of OpenRouter and vLLM; some servers tell both. */
    static String reasoning(JsonNode said) {
        return said.path(said.hasNonNull("reasoning_content") ? "reasoning_content" : "reasoning")
                .asString("");
    }

    private static void thoughts(ObjectNode said, ArrayNode content) {
        var blocks = said.path("thinking_blocks");
        if (blocks.isArray() && !blocks.isEmpty()) {
            content.addAll((ArrayNode) blocks);
            return;
        }
        var reasoning = reasoning(said);
        if (!reasoning.isEmpty()) {
            content.addObject()
                    .put("type", "thinking")
                    .put("thinking", reasoning)
                    .put("signature", "");
        }
    }

    private boolean calls(JsonNode calls, String finish, ArrayNode content) {
        int ordinal = 0;
        for (var call : calls.values()) {
            var input = input(call.path("function").path("arguments").asString(""), finish);
            if (input == null) {
                continue;
            }
            var block = content.addObject().put("type", "tool_use");
            block.put("id", callId(call.path("id").asString(""), ordinal++));
            block.put("name", call.path("function").path("name").asString(""));
            block.set("input", input);
            if (call.hasNonNull("extra_content")) {
                block.set("extra_content", call.path("extra_content"));
            }
        }
        return ordinal > 0;
    }

    /** Null when the limit of tokens cut it off: nobody should run half a call. */
    private static @Nullable ObjectNode input(String arguments, String finish) {
        if (arguments.isBlank()) {
            return ContractJson.mapper().createObjectNode();
        }
        try {
            if (ContractJson.mapper().readTree(arguments) instanceof ObjectNode input) {
                return input;
            }
        } catch (JacksonException e) {
            if (finish.equals("length")) {
                return null;
            }
        }
        throw new IllegalArgumentException("arguments of a call that are not a JSON object");
    }
}
