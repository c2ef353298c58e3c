package io.llmplatform.proxy.upstream.gemini;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One level of a schema of one type: the keywords Gemini knows for that type, the others told in the description. */
final class TypedSchema {
    private static final List<String> ANNOTATIONS = List.of("title", "default", "nullable");

    private static final Map<String, List<String>> KEPT = Map.of(
            "STRING", List.of("minLength", "maxLength", "pattern"),
            "NUMBER", List.of("minimum", "maximum"),
            "INTEGER", List.of("minimum", "maximum"),
            "ARRAY", List.of("minItems", "maxItems"),
            "OBJECT", List.of("minProperties", "maxProperties"));

    private static final Map<String, Set<String>> FORMATS = Map.of(
            "STRING", Set.of("date-time", "enum"),
            "NUMBER", Set.of("float", "double"),
            "INTEGER", Set.of("int32", "int64"));

    /** Constraints that Gemini's subset lacks, by the type they bear upon. */
    private static final Map<String, List<String>> TOLD = Map.of(
            "NUMBER", List.of("multipleOf", "exclusiveMinimum", "exclusiveMaximum"),
            "INTEGER", List.of("multipleOf", "exclusiveMinimum", "exclusiveMaximum"),
            "ARRAY", List.of("uniqueItems", "prefixItems", "contains", "minContains", "maxContains"),
            "OBJECT",
                    List.of(
                            "patternProperties",
                            "propertyNames",
                            "dependentRequired",
                            "dependentSchemas",
                            "dependencies"));

    private static final List<String> TOLD_OF_ALL = List.of("not", "if", "then", "else");

    private final String type;
    private final ObjectNode keys;
    private final ObjectNode out = Shape.JSON.createObjectNode();
    private final ObjectNode told = Shape.JSON.createObjectNode();

    TypedSchema(String type, ObjectNode keys) {
        this.type = type;
        this.keys = keys;
        out.put("type", type);
        copy(ANNOTATIONS, out);
        copy(KEPT.getOrDefault(type, List.of()), out);
        copy(TOLD.getOrDefault(type, List.of()), told);
        copy(TOLD_OF_ALL, told);
        format();
        values();
        if (keys.get("additionalProperties") instanceof ObjectNode more && type.equals("OBJECT") && !more.isEmpty()) {
            told.set("additionalProperties", more);
        }
        if (keys.get("items") instanceof ArrayNode places && type.equals("ARRAY")) {
            told.set("items", places);
        }
    }

    ObjectNode node() {
        return out;
    }

    ObjectNode finish() {
        var description = keys.path("description").stringValue("");
        if (!told.isEmpty()) {
            var hint = "Must satisfy this JSON Schema: " + told;
            description = description.isBlank() ? hint : description + " " + hint;
        }
        if (!description.isBlank()) {
            out.put("description", description);
        }
        return out;
    }

    private void copy(List<String> names, ObjectNode to) {
        for (var name : names) {
            var value = keys.get(name);
            if (value != null && !value.isNull()) {
                to.set(name, value);
            }
        }
    }

    private void format() {
        var format = keys.path("format").stringValue("");
        if (FORMATS.getOrDefault(type, Set.of()).contains(format)) {
            out.put("format", format);
        } else if (!format.isEmpty() && FORMATS.containsKey(type)) {
            told.put("format", format);
        }
    }

    /** Gemini lists values of strings only, and no empty ones. */
    private void values() {
        var values = SchemaTypes.values(keys);
        if (values == null) {
            return;
        }
        var mine = Shape.JSON.createArrayNode();
        values.forEach(value -> {
            if (fits(value)) {
                mine.add(value);
            }
        });
        if (mine.isEmpty()) {
            return;
        }
        boolean asEnum = type.equals("STRING")
                && mine.valueStream().noneMatch(value -> value.stringValue().isEmpty());
        (asEnum ? out : told).set("enum", mine);
    }

    private boolean fits(JsonNode value) {
        var its = SchemaTypes.ofValue(value);
        return its.equals(type) || (its.equals("INTEGER") && type.equals("NUMBER"));
    }
}
