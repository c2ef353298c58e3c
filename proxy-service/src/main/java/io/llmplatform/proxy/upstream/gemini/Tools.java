package io.llmplatform.proxy.upstream.gemini;

import static io.llmplatform.proxy.upstream.gemini.Shape.absent;

import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Functions that the model may call, and whether it may, must, or must not. */
final class Tools {
    private Tools() {}

    static void write(ObjectNode chat, ObjectNode request) throws UntranslatableException {
        var declared = declared(chat.get("tools"));
        var choice = chat.get("tool_choice");
        if (declared.isEmpty()) {
            if (!absent(choice)
                    && !choice.stringValue("").equals("auto")
                    && !choice.stringValue("").equals("none")) {
                throw new UntranslatableException("tool_choice", "'tool_choice' needs 'tools'.");
            }
            return;
        }
        var config = absent(choice) ? null : choice(choice, declared);
        if (declared.isEmpty()) {
            return;
        }
        var declarations = request.putArray("tools").addObject().putArray("functionDeclarations");
        declared.values().forEach(declarations::add);
        if (config != null) {
            request.putObject("toolConfig").set("functionCallingConfig", config);
        }
    }

    private static Map<String, ObjectNode> declared(@Nullable JsonNode tools) throws UntranslatableException {
        var declared = new LinkedHashMap<String, ObjectNode>();
        if (absent(tools)) {
            return declared;
        }
        var list = Shape.array(tools, "tools");
        for (int i = 0; i < list.size(); i++) {
            var param = "tools[" + i + "]";
            var tool = Shape.object(list.get(i), param);
            var type = Shape.text(tool.get("type"), param + ".type");
            if (!type.equals("function")) {
                throw Shape.refused(param + ".type", "The tool type '" + type + "'");
            }
            var function = Shape.object(tool.get("function"), param + ".function");
            var declaration = declaration(function, param + ".function");
            if (declared.put(declaration.path("name").stringValue(""), declaration) != null) {
                throw new UntranslatableException(param + ".function.name", "Two functions have the same name.");
            }
        }
        return declared;
    }

    private static ObjectNode declaration(ObjectNode function, String param) throws UntranslatableException {
        var out = Shape.JSON.createObjectNode().put("name", Shape.text(function.get("name"), param + ".name"));
        if (!absent(function.get("description"))) {
            out.put("description", Shape.text(function.get("description"), param + ".description"));
        }
        var parameters = function.get("parameters");
        if (!absent(parameters)) {
            var schema = SchemaCleaner.plain(parameters, param + ".parameters");
            // An object without properties is not a schema to Gemini; no schema means the same.
            if (!(schema.size() == 1 && schema.path("type").stringValue("").equals("OBJECT"))) {
                out.set("parameters", schema);
            }
        }
        return out;
    }

    private static ObjectNode choice(JsonNode choice, Map<String, ObjectNode> declared) throws UntranslatableException {
        if (choice.isString()) {
            return mode(choice.stringValue(), "tool_choice");
        }
        var type = Shape.text(Shape.object(choice, "tool_choice").get("type"), "tool_choice.type");
        return switch (type) {
            case "function" -> only(Set.of(named(choice, "tool_choice", declared.keySet())));
            case "allowed_tools" ->
                allowed(Shape.object(choice.get("allowed_tools"), "tool_choice.allowed_tools"), declared);
            default -> throw Shape.refused("tool_choice.type", "The tool choice '" + type + "'");
        };
    }

    private static ObjectNode allowed(ObjectNode allowed, Map<String, ObjectNode> declared)
            throws UntranslatableException {
        var names = new LinkedHashSet<String>();
        var param = "tool_choice.allowed_tools.tools";
        var list = Shape.array(allowed.get("tools"), param);
        for (int i = 0; i < list.size(); i++) {
            names.add(named(list.get(i), param + "[" + i + "]", declared.keySet()));
        }
        var mode = allowed.path("mode").stringValue("auto");
        if (mode.equals("required")) {
            return only(names);
        }
        // Gemini takes a list of names with ANY alone; what is not declared cannot be called either.
        declared.keySet().retainAll(names);
        return mode(mode, "tool_choice.allowed_tools.mode");
    }

    private static ObjectNode mode(String choice, String param) throws UntranslatableException {
        var mode =
                switch (choice) {
                    case "auto" -> "AUTO";
                    case "none" -> "NONE";
                    case "required" -> "ANY";
                    default -> throw Shape.refused(param, "The tool choice '" + choice + "'");
                };
        return Shape.JSON.createObjectNode().put("mode", mode);
    }

    private static ObjectNode only(Set<String> names) {
        var config = Shape.JSON.createObjectNode().put("mode", "ANY");
        var allowed = config.putArray("allowedFunctionNames");
        names.forEach(allowed::add);
        return config;
    }

    private static String named(JsonNode choice, String param, Set<String> known) throws UntranslatableException {
        var at = param + ".function.name";
        var name = Shape.text(choice.path("function").get("name"), at);
        if (!known.contains(name)) {
            throw new UntranslatableException(at, "The function '" + name + "' is not one of 'tools'.");
        }
        return name;
    }
}
