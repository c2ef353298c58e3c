package io.llmplatform.proxy.upstream.anthropic;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls of tools that the assistant made in earlier turns, and their ids. */
final class ToolCalls {
    /** Anthropic takes no other characters in ids; some models make ids such as {@code functions.weather:0}. */
    private static final Pattern FOREIGN = Pattern.compile("[^a-zA-Z0-9_-]");

    private ToolCalls() {}

    static ObjectNode block(JsonNode call, String path) throws UntranslatableException {
        if (call.hasNonNull("type") && !call.path("type").asString("").equals("function")) {
            throw new UntranslatableException(
                    path + ".type", "Only tool calls of type function can be carried over to this model.");
        }
        var name = call.path("function").path("name");
        if (!name.isString()) {
            throw new UntranslatableException(path + ".function.name", "A call of a function needs its name.");
        }
        var block = ContractJson.mapper().createObjectNode().put("type", "tool_use");
        block.put("id", id(call.path("id"), path + ".id"));
        block.set("name", name);
        block.set("input", input(call.path("function").path("arguments").asString(""), path));
        return block;
    }

    static String id(JsonNode id, String path) throws UntranslatableException {
        if (!id.isString() || id.stringValue().isEmpty()) {
            throw new UntranslatableException(path, "A call of a tool and its result need the id of the call.");
        }
        return FOREIGN.matcher(id.stringValue()).replaceAll("_");
    }

    private static ObjectNode input(String arguments, String path) throws UntranslatableException {
        if (arguments.isBlank()) {
            return ContractJson.mapper().createObjectNode();
        }
        try {
            if (ContractJson.mapper().readTree(arguments) instanceof ObjectNode input) {
                return input;
            }
        } catch (JacksonException e) {
            // Said below: the parser's own words would quote the arguments.
        }
        throw new UntranslatableException(
                path + ".function.arguments", "The arguments of a call must be a JSON object for this model.");
    }
}
