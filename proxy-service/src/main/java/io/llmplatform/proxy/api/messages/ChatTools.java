package io.llmplatform.proxy.api.messages;

import io.llmplatform.proxy.translate.UntranslatableException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code tools} and {@code tool_choice}. Tools that Anthropic runs itself exist with Anthropic only. */
final class ChatTools {
    private ChatTools() {}

    static void carry(Fields asked, ObjectNode out) throws UntranslatableException {
        var tools = asked.array("tools");
        var choice = asked.object("tool_choice");
        if (tools == null || tools.isEmpty()) {
            return;
        }
        var list = out.putArray("tools");
        for (int i = 0; i < tools.size(); i++) {
            tool(tools.get(i), "tools[" + i + "]", list);
        }
        if (choice != null) {
            choice(choice, out);
        }
    }

    private static void tool(JsonNode tool, String path, ArrayNode into) throws UntranslatableException {
        var type = tool.hasNonNull("type") ? tool.path("type").asString("") : "custom";
        if (!type.equals("custom")) {
            throw new UntranslatableException(
                    path + ".type",
                    "Tools of type '" + type + "' are run by Anthropic and not available for this model:"
                            + " only custom tools are.");
        }
        if (!tool.path("name").isString()) {
            throw new UntranslatableException(path + ".name", "A tool needs a name.");
        }
        var function = into.addObject().put("type", "function").putObject("function");
        function.set("name", tool.path("name"));
        if (tool.path("description").isString()) {
            function.set("description", tool.path("description"));
        }
        if (tool.path("input_schema") instanceof ObjectNode schema) {
            function.set("parameters", schema);
        }
        if (tool.path("strict").asBoolean(false)) {
            function.put("strict", true);
        }
    }

    private static void choice(ObjectNode choice, ObjectNode out) throws UntranslatableException {
        switch (choice.path("type").asString("")) {
            case "auto" -> out.put("tool_choice", "auto");
            case "any" -> out.put("tool_choice", "required");
            case "none" -> out.put("tool_choice", "none");
            case "tool" ->
                out.putObject("tool_choice")
                        .put("type", "function")
                        .putObject("function")
                        .put("name", choice.path("name").asString(""));
            default ->
                throw new UntranslatableException(
                        "tool_choice.type", "Expected auto, any, tool or none in 'tool_choice.type'.");
        }
        if (choice.path("disable_parallel_tool_use").asBoolean(false)) {
            out.put("parallel_tool_calls", false);
        }
    }
}
