package io.llmplatform.proxy.upstream.gemini;

import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls of one turn and what the tools said. Gemini matches them by place and name, so that the results go out in
 * the order of the calls, whichever order they came in.
 */
final class ToolRound {
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, ObjectNode> responses = new HashMap<>();

    private ToolRound() {}

    /** @param parts gets the calls */
    static ToolRound open(ArrayNode calls, String param, GeminiModel model, ArrayNode parts)
            throws UntranslatableException {
        var round = new ToolRound();
        var out = new ArrayList<ObjectNode>();
        boolean signed = false;
        for (int i = 0; i < calls.size(); i++) {
            var at = param + "[" + i + "]";
            var call = Shape.object(calls.get(i), at);
            var part = round.call(call, at);
            var signature = Signature.of(call);
            Signature.onPart(part, signature);
            signed |= signature != null;
            out.add(part);
        }
        if (!signed && model.demandsSignatures()) {
            Signature.onPart(out.getFirst(), Signature.NOT_FROM_GEMINI);
        }
        parts.addAll(out);
        return round;
    }

    static UntranslatableException unknown(String id, String param) {
        return new UntranslatableException(
                param, "The tool call '" + id + "' is not one of the assistant message right before.");
    }

    void answer(String id, String text, String param) throws UntranslatableException {
        var name = names.get(id);
        if (name == null) {
            throw unknown(id, param);
        }
        var response = Shape.JSON.createObjectNode().put("name", name);
        response.set("response", response(text));
        if (responses.put(id, response) != null) {
            throw new UntranslatableException(param, "The tool call '" + id + "' is answered twice.");
        }
    }

    /** @param param where the next message stands */
    ArrayNode results(String param) throws UntranslatableException {
        var parts = Shape.JSON.createArrayNode();
        for (var id : names.keySet()) {
            var response = responses.get(id);
            if (response == null) {
                throw new UntranslatableException(
                        param, "The tool call '" + id + "' has no tool message that answers it.");
            }
            parts.addObject().set("functionResponse", response);
        }
        return parts;
    }

    private ObjectNode call(ObjectNode call, String param) throws UntranslatableException {
        var type = call.path("type").stringValue("function");
        if (!type.equals("function")) {
            throw Shape.refused(param + ".type", "The tool type '" + type + "'");
        }
        var function = Shape.object(call.get("function"), param + ".function");
        var name = Shape.text(function.get("name"), param + ".function.name");
        if (names.put(Shape.text(call.get("id"), param + ".id"), name) != null) {
            throw new UntranslatableException(param + ".id", "Two tool calls of one message have the same id.");
        }
        var part = Shape.JSON.createObjectNode();
        part.putObject("functionCall")
                .put("name", name)
                .set("args", arguments(function, param + ".function.arguments"));
        return part;
    }

    private static ObjectNode arguments(ObjectNode function, String param) throws UntranslatableException {
        var text = function.path("arguments").stringValue("");
        if (text.isBlank()) {
            return Shape.JSON.createObjectNode();
        }
        try {
            return Shape.object(Shape.JSON.readTree(text), param);
        } catch (JacksonException e) {
            throw new UntranslatableException(param, "The arguments of a tool call must be a JSON object in a string.");
        }
    }

    /** Objects go as they are; anything else under the key that Gemini reads as a tool's whole output. */
    private static JsonNode response(String text) {
        if (text.stripLeading().startsWith("{")) {
            try {
                return Shape.JSON.readTree(text) instanceof ObjectNode object ? object : wrapped(text);
            } catch (JacksonException e) {
                return wrapped(text);
            }
        }
        return wrapped(text);
    }

    private static ObjectNode wrapped(String text) {
        return Shape.JSON.createObjectNode().put("output", text);
    }
}
