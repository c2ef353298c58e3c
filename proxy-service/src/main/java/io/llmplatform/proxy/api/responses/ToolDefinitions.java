package io.llmplatform.proxy.api.responses;

import io.llmplatform.proxy.translate.UntranslatableException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tools as chat functions. */
final class ToolDefinitions {
    /** The one property of a function that stands for a custom tool. */
    static final String INPUT = "input";

    private ToolDefinitions() {}

    static ObjectNode function(Tool tool, JsonNode flat, String where) throws UntranslatableException {
        var out = Fields.object().put("name", tool.chatName());
        if (Fields.given(flat, "description")) {
            out.set("description", flat.get("description"));
        }
        var parameters = flat.path("parameters");
        if (parameters.isObject()) {
            out.set("parameters", parameters);
        } else if (Fields.given(flat, "parameters")) {
            throw new UntranslatableException(where + ".parameters", "'parameters' must be a JSON schema.");
        } else {
            out.putObject("parameters").put("type", "object").putObject("properties");
        }
        if (flat.path("strict").isBoolean()) {
            out.set("strict", flat.get("strict"));
        }
        return out;
    }

    /** A grammar can only be told, not enforced. */
    static ObjectNode custom(Tool tool, JsonNode custom) {
        var out = Fields.object().put("name", tool.chatName());
        var description = new StringBuilder(Fields.text(custom, "description", ""));
        var format = custom.path("format");
        if ("grammar".equals(Fields.text(format, "type"))) {
            description
                    .append(description.isEmpty() ? "" : "\n\n")
                    .append("'input' must match this ")
                    .append(Fields.text(format, "syntax", "formal"))
                    .append(" grammar:\n")
                    .append(Fields.text(format, "definition", ""));
        }
        if (!description.isEmpty()) {
            out.put("description", description.toString());
        }
        var parameters = out.putObject("parameters").put("type", "object");
        parameters
                .putObject("properties")
                .putObject(INPUT)
                .put("type", "string")
                .put("description", "The whole input of the tool, as plain text.");
        parameters.putArray("required").add(INPUT);
        parameters.put("additionalProperties", false);
        return out;
    }
}
