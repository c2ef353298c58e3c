package io.llmplatform.proxy.upstream.anthropic;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Chat messages as alternating turns of user and assistant. Instructions from anywhere in the conversation move to its
 * head; results of tools come first in the turn of the user.
 */
final class Turns {
    private final ArrayNode system = ContractJson.mapper().createArrayNode();
    private final ArrayNode messages = ContractJson.mapper().createArrayNode();
    private final Set<String> called = new LinkedHashSet<>();

    private Turns() {}

    static Turns of(@Nullable ArrayNode chat) throws UntranslatableException {
        var turns = new Turns();
        for (int i = 0; chat != null && i < chat.size(); i++) {
            turns.add(chat.get(i), "messages[" + i + "]");
        }
        if (turns.messages.isEmpty()) {
            throw new UntranslatableException(
                    "messages", "This model needs at least one message of a user that is not empty.");
        }
        return turns;
    }

    /** Names of the tools that the assistant has called. */
    Set<String> calledTools() {
        return called;
    }

    void into(ObjectNode out) {
        if (system.size() == 1 && !system.get(0).has("cache_control")) {
            out.set("system", system.get(0).path("text"));
        } else if (!system.isEmpty()) {
            out.set("system", system);
        }
        out.set("messages", messages);
    }

    private void add(JsonNode message, String path) throws UntranslatableException {
        var content = message.path("content");
        switch (message.path("role").asString("")) {
            case "system", "developer" -> system.addAll(marked(message, ContentParts.text(content, path + ".content")));
            case "user" -> append("user", marked(message, ContentParts.anything(content, path + ".content")));
            case "assistant" -> append("assistant", marked(message, said(message, path)));
            case "tool" -> result(message, path);
            default ->
                throw new UntranslatableException(
                        path + ".role", "Expected system, developer, user, assistant or tool in '" + path + ".role'.");
        }
    }

    private List<ObjectNode> said(JsonNode message, String path) throws UntranslatableException {
        if (message.hasNonNull("audio")) {
            throw new UntranslatableException(path + ".audio", "This model has not spoken the audio of this message.");
        }
        if (message.hasNonNull("function_call")) {
            throw new UntranslatableException(
                    path + ".function_call",
                    "Function calls in their old form cannot be carried over: use 'tool_calls'.");
        }
        var blocks = new ArrayList<ObjectNode>();
        for (var thought : message.path("thinking_blocks").values()) {
            if (thought instanceof ObjectNode block && signed(block)) {
                blocks.add(block);
            }
        }
        blocks.addAll(ContentParts.text(message.path("content"), path + ".content"));
        if (message.path("refusal").isString()
                && !message.path("refusal").stringValue().isEmpty()) {
            blocks.addAll(ContentParts.text(message.path("refusal"), path + ".refusal"));
        }
        var calls = message.path("tool_calls");
        for (int i = 0; i < calls.size(); i++) {
            var call = ToolCalls.block(calls.get(i), path + ".tool_calls[" + i + "]");
            called.add(call.path("name").asString(""));
            blocks.add(call);
        }
        return blocks;
    }

    /** Thoughts of other models bear no signature, and Anthropic takes none without. */
    private static boolean signed(ObjectNode thought) {
        return !thought.path("signature").asString("").isEmpty()
                || !thought.path("data").asString("").isEmpty();
    }

    private void result(JsonNode message, String path) throws UntranslatableException {
        var result = ContractJson.mapper().createObjectNode().put("type", "tool_result");
        result.put("tool_use_id", ToolCalls.id(message.path("tool_call_id"), path + ".tool_call_id"));
        var content = message.path("content");
        if (content.isString()) {
            result.set("content", content);
        } else {
            result.putArray("content").addAll(ContentParts.anything(content, path + ".content"));
        }
        var turn = turn("user");
        int after = 0;
        while (turn.path(after).path("type").asString("").equals("tool_result")) {
            after++;
        }
        turn.insert(after, marked(message, List.of(result)).getFirst());
    }

    private void append(String role, List<ObjectNode> blocks) {
        if (!blocks.isEmpty()) {
            turn(role).addAll(blocks);
        }
    }

    private ArrayNode turn(String role) {
        var last = messages.isEmpty() ? null : messages.get(messages.size() - 1);
        if (last == null || !last.path("role").asString("").equals(role)) {
            return messages.addObject().put("role", role).putArray("content");
        }
        return (ArrayNode) last.path("content");
    }

    /** A mark on the whole message is one on its last block. */
    private static List<ObjectNode> marked(JsonNode message, List<ObjectNode> blocks) {
        if (message.hasNonNull("cache_control") && !blocks.isEmpty()) {
            blocks.getLast().set("cache_control", message.path("cache_control"));
        }
        return blocks;
    }
}
