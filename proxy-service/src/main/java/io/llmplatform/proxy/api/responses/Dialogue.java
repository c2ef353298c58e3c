package io.llmplatform.proxy.api.responses;

import io.llmplatform.proxy.translate.UntranslatableException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code instructions} and {@code input} as {@code messages}. */
final class Dialogue {
    private final ArrayNode messages = Fields.array();
    private final ArrayNode shown = Fields.array();
    private AssistantTurn turn = new AssistantTurn();

    static ArrayNode of(JsonNode instructions, JsonNode input) throws UntranslatableException {
        var dialogue = new Dialogue();
        if (instructions.isString() && !instructions.stringValue().isEmpty()) {
            dialogue.system(instructions.stringValue());
        } else if (!instructions.isString() && !instructions.isMissingNode() && !instructions.isNull()) {
            throw new UntranslatableException("instructions", "'instructions' must be a string.");
        }
        if (input.isString()) {
            dialogue.messages.addObject().put("role", "user").set("content", input);
        } else if (input.isArray()) {
            for (int i = 0; i < input.size(); i++) {
                dialogue.item(input.get(i), "input[" + i + "]");
            }
            dialogue.flush();
        } else {
            throw new UntranslatableException("input", "'input' must be a string or an array of items.");
        }
        return dialogue.messages;
    }

    private void item(JsonNode item, String where) throws UntranslatableException {
        var type = Fields.text(item, "type", Fields.given(item, "role") ? "message" : "item_reference");
        switch (type) {
            case "message" -> message(item, where);
            case "reasoning" -> reasoning(item);
            case "function_call" -> call(item, where, need(item, "arguments", where));
            case "custom_tool_call" ->
                call(
                        item,
                        where,
                        Fields.object()
                                .put(ToolDefinitions.INPUT, need(item, "input", where))
                                .toString());
            case "function_call_output", "custom_tool_call_output" -> output(item, where);
            case "item_reference" ->
                throw new UntranslatableException(
                        where + ".id", "There is no item with the id '" + Fields.text(item, "id", "") + "'.");
            default ->
                throw new UntranslatableException(
                        where + ".type", "Items of type '" + type + "' are not available from this model's provider.");
        }
    }

    private void message(JsonNode item, String where) throws UntranslatableException {
        var role = Fields.text(item, "role", "");
        var content = item.path("content");
        var at = where + ".content";
        switch (role) {
            case "assistant" -> assistant(content, at);
            case "user" -> {
                flush();
                messages.addObject()
                        .put("role", "user")
                        .set("content", ContentParts.content(ContentParts.of(content, at)));
            }
            case "system", "developer" -> {
                flush();
                system(ContentParts.joined(ContentParts.of(content, at), "\n\n", at));
            }
            default -> throw new UntranslatableException(where + ".role", "There is no role '" + role + "'.");
        }
    }

    /** Many chat templates know one system message only, at the start: those at the start become one. */
    private void system(String text) {
        if (messages.size() == 1
                && messages.get(0) instanceof ObjectNode first
                && "system".equals(Fields.text(first, "role"))) {
            first.put("content", first.get("content").stringValue() + "\n\n" + text);
        } else {
            messages.addObject().put("role", "system").put("content", text);
        }
    }

    private void assistant(JsonNode content, String where) throws UntranslatableException {
        show();
        if (turn.spoke()) {
            flush();
        }
        var refusal = ContentParts.refusal(content);
        if (refusal != null) {
            turn.refuse(refusal);
            var said = Fields.array();
            content.forEach(part -> {
                if (!"refusal".equals(Fields.text(part, "type"))) {
                    said.add(part);
                }
            });
            if (said.isEmpty()) {
                return;
            }
            turn.say(ContentParts.joined(ContentParts.of(said, where), "", where));
        } else {
            turn.say(ContentParts.joined(ContentParts.of(content, where), "", where));
        }
    }

    private void reasoning(JsonNode item) {
        show();
        var sealed = ReasoningSeal.open(item.path("encrypted_content"));
        if (sealed != null) {
            turn.reasoning(Fields.text(sealed, "reasoning_content", ""));
            turn.thinking(sealed.path("thinking_blocks"));
            return;
        }
        // Sealed by another provider, or not at all: what can be read of it is what the client was shown.
        var parts = item.path("content").isEmpty() ? item.path("summary") : item.path("content");
        parts.forEach(part -> turn.reasoning(Fields.text(part, "text", "")));
    }

    private void call(JsonNode item, String where, String arguments) throws UntranslatableException {
        show();
        var name = Tool.chatName(Fields.text(item, "namespace"), need(item, "name", where));
        turn.call(need(item, "call_id", where), name, arguments);
    }

    private void output(JsonNode item, String where) throws UntranslatableException {
        turn.flush(messages);
        turn = new AssistantTurn();
        var id = CallIds.bare(need(item, "call_id", where));
        var text = new StringBuilder();
        boolean labelled = false;
        for (var part : ContentParts.of(item.path("output"), where + ".output")) {
            if (ContentParts.isText(part)) {
                text.append(text.isEmpty() ? "" : "\n").append(part.get("text").stringValue());
            } else {
                if (!labelled) {
                    shown.add(ContentParts.text("Output of tool call " + id + ":"));
                    labelled = true;
                }
                shown.add(part);
            }
        }
        if (labelled && text.isEmpty()) {
            text.append("See the next message.");
        }
        messages.addObject().put("role", "tool").put("tool_call_id", id).put("content", text.toString());
    }

    private void flush() {
        turn.flush(messages);
        turn = new AssistantTurn();
        show();
    }

    /** Images and files of tool outputs: a tool message holds text only, so the user shows them once all outputs are there. */
    private void show() {
        if (!shown.isEmpty()) {
            messages.addObject().put("role", "user").set("content", shown.deepCopy());
            shown.removeAll();
        }
    }

    private static String need(JsonNode item, String name, String where) throws UntranslatableException {
        var value = Fields.text(item, name);
        if (value == null) {
            throw new UntranslatableException(where + "." + name, "'" + name + "' must be a string.");
        }
        return value;
    }
}
