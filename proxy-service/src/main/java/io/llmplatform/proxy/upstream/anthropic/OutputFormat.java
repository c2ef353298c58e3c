package io.llmplatform.proxy.upstream.anthropic;

import io.llmplatform.proxy.api.messages.Fields;
import io.llmplatform.proxy.translate.UntranslatableException;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code response_format}. A schema has its like in {@code output_config.format}. "Any JSON object" has none; there the
 * model is made to call a tool whose input is the object.
 */
final class OutputFormat {
    static final String JSON_TOOL = "json_object";

    private OutputFormat() {}

    /** @return whether the answer will come as the input of {@link #JSON_TOOL} */
    static boolean carry(Fields asked, ObjectNode out) throws UntranslatableException {
        var format = asked.object("response_format");
        if (format == null) {
            return false;
        }
        switch (format.path("type").asString("")) {
            case "text" -> {
                return false;
            }
            case "json_schema" -> {
                schema(format, out);
                return false;
            }
            case "json_object" -> {
                tool(out);
                return true;
            }
            default ->
                throw new UntranslatableException(
                        "response_format.type", "Expected text, json_schema or json_object in 'response_format.type'.");
        }
    }

    private static void schema(ObjectNode format, ObjectNode out) throws UntranslatableException {
        var described = format.path("json_schema");
        if (!(described.path("schema") instanceof ObjectNode schema)) {
            throw new UntranslatableException(
                    "response_format.json_schema.schema", "A response format of type json_schema needs a schema here.");
        }
        var description = described.path("description");
        if (description.isString() && !schema.has("description")) {
            schema.set("description", description);
        }
        out.withObjectProperty("output_config")
                .putObject("format")
                .put("type", "json_schema")
                .set("schema", schema);
    }

    private static void tool(ObjectNode out) throws UntranslatableException {
        if (ToolRules.callable(out)) {
            throw refused("together with tools");
        }
        // A model cannot think and be made to call a tool.
        if (!out.path("thinking").path("type").asString("disabled").equals("disabled")) {
            throw refused("while it reasons");
        }
        var tool = out.withArrayProperty("tools").addObject();
        tool.put("name", JSON_TOOL);
        tool.put("description", "Takes the whole answer to the user as one JSON object.");
        tool.putObject("input_schema").put("type", "object").put("additionalProperties", true);
        out.putObject("tool_choice").put("type", "tool").put("name", JSON_TOOL).put("disable_parallel_tool_use", true);
    }

    private static UntranslatableException refused(String when) {
        return new UntranslatableException(
                "response_format",
                "This model cannot be held to a JSON object " + when + ": use a response format of type json_schema.");
    }
}
