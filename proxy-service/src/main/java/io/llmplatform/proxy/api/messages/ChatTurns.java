package io.llmplatform.proxy.api.messages;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code system} and {@code messages} as chat messages. One turn of the user becomes a message per result of a tool and one for the rest. */
final class ChatTurns {
    private static final String SEE_NEXT = "(The result is attached to the next message.)";

    private final ArrayNode out;

    private ChatTurns(ArrayNode out) {
        this.out = out;
    }

    static void carry(Fields asked, ArrayNode out) throws UntranslatableException {
        var turns = new ChatTurns(out);
        var system = asked.take("system");
        if (system != null) {
            turns.system(system, "system");
        }
        var messages = asked.array("messages");
        if (messages == null || messages.isEmpty()) {
            throw new UntranslatableException("messages", "At least one message is required.");
        }
        for (int i = 0; i < messages.size(); i++) {
            turns.add(messages.get(i), "messages[" + i + "]");
        }
    }

    private void add(JsonNode message, String path) throws UntranslatableException {
        var content = message.path("content");
        var at = path + ".content";
        switch (message.path("role").asString("")) {
            case "user" -> user(content, at);
            case "assistant" -> assistant(content, at);
            case "system" -> system(content, at);
            default ->
                throw new UntranslatableException(path + ".role", "Expected user or assistant in '" + path + ".role'.");
        }
    }

    private void system(JsonNode content, String path) throws UntranslatableException {
        var parts = BlockParts.of(content, path);
        if (!parts.stream().allMatch(BlockParts::isText)) {
            throw new UntranslatableException(path, "Instructions must be text.");
        }
        if (!parts.isEmpty()) {
            out.addObject().put("role", "system").put("content", BlockParts.joined(parts));
        }
    }

    private void user(JsonNode content, String path) throws UntranslatableException {
        var parts = new ArrayList<ObjectNode>();
        boolean results = false;
        if (content.isArray()) {
            for (int i = 0; i < content.size(); i++) {
                var block = content.get(i);
                var at = path + "[" + i + "]";
                if (block.path("type").asString("").equals("tool_result")) {
                    results = true;
                    result(block, at, parts);
                } else {
                    parts.addAll(BlockParts.part(block, at));
                }
            }
        } else {
            parts.addAll(BlockParts.of(content, path));
        }
        if (!(results && parts.isEmpty())) {
            out.addObject().put("role", "user").set("content", BlockParts.content(parts));
        }
    }

    /** @param attached what a message of a tool cannot hold goes into that of the user */
    private void result(JsonNode block, String path, List<ObjectNode> attached) throws UntranslatableException {
        var id = block.path("tool_use_id").asString("");
        var texts = new ArrayList<ObjectNode>();
        var others = new ArrayList<ObjectNode>();
        for (var part : BlockParts.of(block.path("content"), path + ".content")) {
            (BlockParts.isText(part) ? texts : others).add(part);
        }
        var text = texts.isEmpty() && !others.isEmpty() ? SEE_NEXT : BlockParts.joined(texts);
        // Chat has no mark for a failure but the words.
        boolean failed = block.path("is_error").asBoolean(false) && !text.regionMatches(true, 0, "error", 0, 5);
        out.addObject()
                .put("role", "tool")
                .put("tool_call_id", id)
                .put("content", failed ? ("Error: " + text).strip() : text);
        if (!others.isEmpty()) {
            attached.add(BlockParts.text("Attached to the result of the tool call " + id + ":"));
            attached.addAll(others);
        }
    }

    private void assistant(JsonNode content, String path) throws UntranslatableException {
        var text = new StringBuilder(content.asString(""));
        var reasoning = new StringBuilder();
        var calls = ContractJson.mapper().createArrayNode();
        for (int i = 0; content.isArray() && i < content.size(); i++) {
            var block = content.get(i);
            var type = block.path("type").asString("");
            switch (type) {
                case "text" -> text.append(block.path("text").asString(""));
                case "tool_use" -> call(block, calls);
                case "thinking" -> {
                    // Signed thoughts are Anthropic's and mean nothing to others; unsigned ones came from a chat
                    // provider.
                    if (block.path("signature").asString("").isEmpty()) {
                        reasoning.append(block.path("thinking").asString(""));
                    }
                }
                case "redacted_thinking" -> {}
                default ->
                    throw new UntranslatableException(
                            path + "[" + i + "].type",
                            "Content of type '" + type
                                    + "' in a turn of the assistant cannot be carried over to this model.");
            }
        }
        var message = out.addObject().put("role", "assistant");
        if (text.isEmpty() && !calls.isEmpty()) {
            message.putNull("content");
        } else {
            message.put("content", text.toString());
        }
        if (!reasoning.isEmpty()) {
            message.put("reasoning_content", reasoning.toString());
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
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
        if (block.hasNonNull("extra_content")) {
            call.set("extra_content", block.path("extra_content"));
        }
    }
}
