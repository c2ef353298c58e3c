package io.llmplatform.proxy.api.responses;

import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code tools}, {@code tool_choice} and {@code parallel_tool_calls} of the chat request. */
final class ToolChoice {
    private final Toolbox tools;
    private final ObjectNode out;

    ToolChoice(Toolbox tools, ObjectNode out) {
        this.tools = tools;
        this.out = out;
    }

    void apply(JsonNode choice, JsonNode parallel) throws UntranslatableException {
        var allowed = allowed(choice);
        if (!tools.isEmpty()) {
            out.set("tools", tools.definitions(allowed::contains));
            // True is the default, and some providers do not know the field.
            if (parallel.isBoolean() && !parallel.booleanValue()) {
                out.put("parallel_tool_calls", false);
            }
        }
        if (choice.isObject()) {
            if ("allowed_tools".equals(Fields.text(choice, "type"))) {
                mode(Fields.text(choice, "mode", "auto"));
            } else {
                var named = find(choice, "tool_choice");
                out.putObject("tool_choice")
                        .put("type", "function")
                        .putObject("function")
                        .put("name", named.chatName());
            }
        } else if (choice.isString()) {
            mode(choice.stringValue());
        } else if (!choice.isMissingNode() && !choice.isNull()) {
            throw new UntranslatableException("tool_choice", "'tool_choice' must be a string or an object.");
        }
    }

    private void mode(String mode) throws UntranslatableException {
        switch (mode) {
            case "auto", "none" -> {
                if (!tools.isEmpty()) {
                    out.put("tool_choice", mode);
                }
            }
            case "required" -> {
                if (tools.isEmpty()) {
                    throw new UntranslatableException(
                            "tool_choice", "'tool_choice' is 'required', but there are no tools.");
                }
                out.put("tool_choice", mode);
            }
            default ->
                throw new UntranslatableException(
                        "tool_choice",
                        "'tool_choice' must be 'auto', 'none', 'required' or name a tool; it is '" + mode + "'.");
        }
    }

    /** The provider is only shown the allowed ones: chat has no other way to say so. */
    private Set<Tool> allowed(JsonNode choice) throws UntranslatableException {
        var allowed = new HashSet<Tool>();
        if (!"allowed_tools".equals(Fields.text(choice, "type"))) {
            tools.each(allowed::add);
            return allowed;
        }
        var list = choice.path("tools");
        for (int i = 0; i < list.size(); i++) {
            allowed.add(find(list.get(i), "tool_choice.tools[" + i + "]"));
        }
        if (allowed.isEmpty()) {
            throw new UntranslatableException("tool_choice.tools", "'allowed_tools' must allow at least one tool.");
        }
        return allowed;
    }

    private Tool find(JsonNode reference, String where) throws UntranslatableException {
        var type = Fields.text(reference, "type", "");
        if (!type.equals("function") && !type.equals("custom")) {
            throw new UntranslatableException(
                    where + ".type", "The built-in tool '" + type + "' is not available from this model's provider.");
        }
        var tool = tools.find(reference);
        if (tool == null) {
            throw new UntranslatableException(
                    where + ".name", "There is no tool '" + Fields.text(reference, "name", "") + "' in 'tools'.");
        }
        return tool;
    }
}
