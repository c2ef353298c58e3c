package io.llmplatform.proxy.api.responses;

import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The tools of one request: their definitions for the provider, and the way back from what the provider calls them. */
final class Toolbox {
    private record Entry(Tool tool, ObjectNode definition) {}

    private final HostedTools hosted;
    private final Map<String, Entry> byChatName = new LinkedHashMap<>();
    private final ArrayNode inEffect = Fields.array();

    private Toolbox(HostedTools hosted) {
        this.hosted = hosted;
    }

    static Toolbox of(JsonNode tools, HostedTools hosted) throws UntranslatableException {
        var box = new Toolbox(hosted);
        if (!tools.isMissingNode() && !tools.isNull() && !tools.isArray()) {
            throw new UntranslatableException("tools", "'tools' must be an array.");
        }
        for (int i = 0; i < tools.size(); i++) {
            box.read(tools.get(i), "tools[" + i + "]");
        }
        return box;
    }

    boolean isEmpty() {
        return byChatName.isEmpty();
    }

    /** As the answer echoes them. */
    ArrayNode inEffect() {
        return inEffect;
    }

    ArrayNode definitions(Predicate<Tool> wanted) {
        var out = Fields.array();
        byChatName.values().stream()
                .filter(entry -> wanted.test(entry.tool))
                .forEach(entry -> out.add(entry.definition));
        return out;
    }

    void each(Consumer<Tool> consumer) {
        byChatName.values().forEach(entry -> consumer.accept(entry.tool));
    }

    /** A name nobody offered is passed on as a function: the client tells the model so. */
    Tool called(String chatName) {
        var entry = byChatName.get(chatName);
        return entry == null ? new Tool(Tool.Kind.FUNCTION, chatName, chatName, null) : entry.tool;
    }

    /** What a {@code tool_choice} points at; null where no such tool was offered. */
    @Nullable
    Tool find(JsonNode reference) {
        var name = Tool.chatName(Fields.text(reference, "namespace"), Fields.text(reference, "name", ""));
        var entry = byChatName.get(name);
        return entry == null ? null : entry.tool;
    }

    private void read(JsonNode tool, String where) throws UntranslatableException {
        var type = Fields.text(tool, "type", "");
        switch (type) {
            case "function", "custom" -> {
                add(tool, type, null, where);
                inEffect.add(echo(tool));
            }
            case "namespace" -> {
                namespace(tool, where);
                inEffect.add(tool);
            }
            default -> {
                if (hosted == HostedTools.REFUSED || !type.startsWith("web_search")) {
                    throw new UntranslatableException(
                            where + ".type",
                            "The built-in tool '" + type
                                    + "' is not available from this model's provider; only tools of type"
                                    + " 'function', 'custom' and 'namespace' are. Please remove it"
                                    + (type.startsWith("web_search")
                                            ? " (in Codex: web_search = \"disabled\")."
                                            : "."));
                }
            }
        }
    }

    private void namespace(JsonNode namespace, String where) throws UntranslatableException {
        var name = name(namespace, where);
        var inside = namespace.path("tools");
        for (int i = 0; i < inside.size(); i++) {
            var at = where + ".tools[" + i + "]";
            var type = Fields.text(inside.get(i), "type", "function");
            if (!type.equals("function") && !type.equals("custom")) {
                throw new UntranslatableException(
                        at + ".type", "A namespace holds tools of type 'function' or 'custom' only.");
            }
            add(inside.get(i), type, name, at);
        }
    }

    private void add(JsonNode tool, String type, @Nullable String namespace, String where)
            throws UntranslatableException {
        var name = name(tool, where);
        var kind = type.equals("custom") ? Tool.Kind.CUSTOM : Tool.Kind.FUNCTION;
        var entry = new Tool(kind, Tool.chatName(namespace, name), name, namespace);
        var definition = Fields.object().put("type", "function");
        definition.set(
                "function",
                kind == Tool.Kind.CUSTOM
                        ? ToolDefinitions.custom(entry, tool)
                        : ToolDefinitions.function(entry, tool, where));
        if (byChatName.putIfAbsent(entry.chatName(), new Entry(entry, definition)) != null) {
            throw new UntranslatableException(where + ".name", "There are two tools of the name '" + name + "'.");
        }
    }

    private static String name(JsonNode tool, String where) throws UntranslatableException {
        var name = Fields.text(tool, "name");
        if (name == null || name.isEmpty()) {
            throw new UntranslatableException(where + ".name", "A tool must have a 'name'.");
        }
        return name;
    }

    /** Typed SDKs want the keys of a function even where the client left them out. */
    private static JsonNode echo(JsonNode tool) {
        if (!(tool instanceof ObjectNode object) || !"function".equals(Fields.text(tool, "type"))) {
            return tool;
        }
        var out = object.deepCopy();
        for (var key : new String[] {"description", "parameters"}) {
            if (!out.has(key)) {
                out.putNull(key);
            }
        }
        if (!Fields.given(out, "strict")) {
            out.put("strict", false);
        }
        return out;
    }
}
