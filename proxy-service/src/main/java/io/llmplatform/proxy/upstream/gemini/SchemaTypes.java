package io.llmplatform.proxy.upstream.gemini;

import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The types a level of a schema allows, in Gemini's words.
 *
 * @param names at least one; {@code NULL} only when it is the only one
 */
record SchemaTypes(List<String> names, boolean nullable) {
    private static final Set<String> KNOWN =
            Set.of("STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT", "NULL");

    /** Gemini wants a type everywhere. Lists are left out: they would want the type of their items in turn. */
    private static final List<String> ANYTHING = List.of("STRING", "NUMBER", "BOOLEAN", "OBJECT");

    static SchemaTypes of(ObjectNode keys, String param) throws UntranslatableException {
        var found = new LinkedHashSet<String>();
        var type = keys.get("type");
        if (type instanceof ArrayNode several) {
            for (var one : several) {
                found.add(known(Shape.text(one, param), param));
            }
        } else if (type != null) {
            found.add(known(Shape.text(type, param), param));
        }
        var values = values(keys);
        boolean nullable = found.contains("NULL")
                || (values != null && values.valueStream().anyMatch(JsonNode::isNull));
        if (found.isEmpty()) {
            found.addAll(values == null ? byKeyword(keys) : byValue(values));
        }
        if (found.size() > 1) {
            found.remove("NULL");
        }
        boolean onlyNull = found.size() == 1 && found.contains("NULL");
        return new SchemaTypes(found.isEmpty() ? ANYTHING : List.copyOf(new ArrayList<>(found)), nullable && !onlyNull);
    }

    /** The values of {@code enum} or the one of {@code const}; null when any are allowed. */
    static @Nullable ArrayNode values(ObjectNode keys) {
        if (keys.has("const")) {
            return Shape.JSON.createArrayNode().add(keys.get("const"));
        }
        return keys.get("enum") instanceof ArrayNode values && !values.isEmpty() ? values : null;
    }

    static boolean isNull(ObjectNode keys) {
        if (keys.path("type").stringValue("").equals("null")) {
            return true;
        }
        var values = values(keys);
        return values != null && values.valueStream().allMatch(JsonNode::isNull);
    }

    static String ofValue(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "STRING";
            case BOOLEAN -> "BOOLEAN";
            case NUMBER -> value.isIntegralNumber() ? "INTEGER" : "NUMBER";
            case ARRAY -> "ARRAY";
            case OBJECT -> "OBJECT";
            default -> "NULL";
        };
    }

    private static Set<String> byValue(ArrayNode values) {
        var found = new LinkedHashSet<String>();
        values.forEach(value -> found.add(ofValue(value)));
        return found;
    }

    private static Set<String> byKeyword(ObjectNode keys) {
        if (keys.has("properties") || keys.has("required") || keys.has("patternProperties")) {
            return Set.of("OBJECT");
        }
        if (keys.has("items") || keys.has("prefixItems")) {
            return Set.of("ARRAY");
        }
        if (keys.has("pattern") || keys.has("format") || keys.has("minLength") || keys.has("maxLength")) {
            return Set.of("STRING");
        }
        return keys.has("minimum") || keys.has("maximum") || keys.has("multipleOf") ? Set.of("NUMBER") : Set.of();
    }

    private static String known(String type, String param) throws UntranslatableException {
        var name = type.toUpperCase(Locale.ROOT);
        if (!KNOWN.contains(name)) {
            throw new UntranslatableException(param, "The schema type '" + type + "' is unknown.");
        }
        return name;
    }
}
