package io.llmplatform.proxy.api.responses;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Trees in which an absent field and a null one mean the same. */
final class Fields {
    private Fields() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static boolean given(JsonNode node, String name) {
        var value = node.path(name);
        return !value.isMissingNode() && !value.isNull();
    }

    static @Nullable String text(JsonNode node, String name) {
        var value = node.path(name);
        return value.isString() ? value.stringValue() : null;
    }

    static String text(JsonNode node, String name, String otherwise) {
        var value = node.path(name);
        return value.isString() ? value.stringValue() : otherwise;
    }

    /** As it is, or null where it is absent. */
    static void echo(JsonNode from, String name, ObjectNode to) {
        if (given(from, name)) {
            to.set(name, from.get(name));
        } else {
            to.putNull(name);
        }
    }
}
