package io.llmplatform.proxy.upstream.anthropic;

import io.llmplatform.proxy.api.messages.Fields;
import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code tools}, {@code tool_choice} and {@code parallel_tool_calls}. */
final class ToolRules {
    private ToolRules() {}

    /** @param called names of the tools that earlier turns called */
    static void carry(Fields asked, Set<String> called, ObjectNode out) throws UntranslatableException {
        var tools = asked.array("tools");
        var choice = asked.take("tool_choice");
        var parallel = asked.take("parallel_tool_calls");
        if (tools == null || tools.isEmpty()) {
            remembered(called, out);
            return;
        }
        var list = out.putArray("tools");
        for (int i = 0; i < tools.size(); i++) {
            tool(tools.get(i), "tools[" + i + "]", list);
        }
        var chosen = choice == null ? null : choice(choice, out);
        if (parallel != null && parallel.isBoolean() && !parallel.booleanValue()) {
            var holder = chosen == null ? out.putObject("tool_choice").put("type", "auto") : chosen;
            if (!holder.path("type").asString("").equals("none")) {
                holder.put("disable_parallel_tool_use", true);
            }
        }
    }

    /** Whether the model may call a tool of the client. */
    static boolean callable(ObjectNode out) {
        return !out.path("tools").isEmpty()
                && !out.path("tool_choice").path("type").asString("").equals("none");
    }

    /** Turns with calls in them are refused unless the tools are declared; these can be seen but not called. */
    private static void remembered(Set<String> called, ObjectNode out) {
        if (called.isEmpty()) {
            return;
        }
        var list = out.putArray("tools");
        called.forEach(name ->
                list.addObject().put("name", name).putObject("input_schema").put("type", "object"));
        out.putObject("tool_choice").put("type", "none");
    }

    private static void tool(JsonNode tool, String path, ArrayNode into) throws UntranslatableException {
        if (!tool.path("type").asString("").equals("function")) {
            throw new UntranslatableException(
                    path + ".type", "Only tools of type function are available for this model.");
        }
        var function = tool.path("function");
        var name = function.path("name");
        if (!name.isString()) {
            throw new UntranslatableException(path + ".function.name", "A function needs a name.");
        }
        var one = into.addObject();
        one.set("name", name);
        if (function.path("description").isString()) {
            one.set("description", function.path("description"));
        }
        one.set("input_schema", schema(function, path, one));
        if (function.path("strict").asBoolean(false)) {
            one.put("strict", true);
        }
        var cacheControl = tool.hasNonNull("cache_control") ? tool : function;
        if (cacheControl.hasNonNull("cache_control")) {
            one.set("cache_control", cacheControl.path("cache_control"));
        }
    }

    private static ObjectNode schema(JsonNode function, String path, ObjectNode any) throws UntranslatableException {
        var given = function.path("parameters");
        if (given instanceof ObjectNode schema) {
            return schema.has("type") ? schema : schema.put("type", "object");
        }
        if (!given.isMissingNode() && !given.isNull()) {
            throw new UntranslatableException(
                    path + ".function.parameters", "The parameters of a function must be a JSON schema.");
        }
        var none = any.objectNode().put("type", "object");
        none.putObject("properties");
        return none;
    }

    private static @Nullable ObjectNode choice(JsonNode choice, ObjectNode out) throws UntranslatableException {
        if (choice.isString()) {
            var type =
                    switch (choice.stringValue()) {
                        case "auto" -> "auto";
                        case "none" -> "none";
                        case "required" -> "any";
                        default ->
                            throw new UntranslatableException(
                                    "tool_choice", "Expected auto, none, required or a function in 'tool_choice'.");
                    };
            return out.putObject("tool_choice").put("type", type);
        }
        var name = choice.path("function").path("name");
        if (!choice.path("type").asString("").equals("function") || !name.isString()) {
            throw new UntranslatableException(
                    "tool_choice.type", "Only a choice of type function is available for this model.");
        }
        var chosen = out.putObject("tool_choice").put("type", "tool");
        chosen.set("name", name);
        return chosen;
    }
}
