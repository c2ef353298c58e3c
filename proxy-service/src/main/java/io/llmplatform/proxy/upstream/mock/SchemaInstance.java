package io.llmplatform.proxy.upstream.mock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a value that a JSON schema accepts, from a person's words where they fit ({@link Hints}). Heeds what providers
 * demand of structured output: types and unions, {@code properties}, {@code required}, {@code items}, {@code prefixItems},
 * {@code enum}, {@code const}, {@code anyOf}, {@code oneOf}, {@code allOf}, {@code $ref} within the schema,
 * {@code nullable}, bounds of numbers, lengths and items, {@code multipleOf} and {@code format}. Does not heed
 * {@code pattern} (running a stranger's pattern on an event loop is no option), {@code not} and conditions.
 *
 * <p>Optional properties are left out unless none is required. A schema that refers to itself is followed twice, then the
 * way out is taken: null, an empty array, nothing. One without a way out, or of too many values, is refused.
 */
final class SchemaInstance {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_SCHEMA = 10_000;
    private static final int MAX_VALUES = 2_000;
    private static final int MAX_DEPTH = 64;
    private static final int SOFT_DEPTH = 12;
    private static final int MAX_SAME_REF = 2;

    private final JsonNode root;
    private final Hints hints;
    private final String param;
    private final Map<String, Integer> refsOnPath = new HashMap<>();
    private int values;

    private SchemaInstance(JsonNode root, Hints hints, String param) {
        this.root = root;
        this.hints = hints;
        this.param = param;
    }

    /**
     * @param param of the request that carries the schema
     * @throws MockRefusal when the schema cannot be followed
     */
    static JsonNode of(JsonNode schema, String text, String param) {
        if (size(schema, MAX_SCHEMA) > MAX_SCHEMA) {
            throw new MockRefusal(param, "The schema has more than " + MAX_SCHEMA + " parts.");
        }
        return new SchemaInstance(schema, new Hints(text), param).make(schema, "value", 0, 0);
    }

    /** Counts no further than past the bound. */
    private static int size(JsonNode schema, int bound) {
        int size = 1;
        for (var part : schema) {
            size += size > bound ? 0 : size(part, bound);
        }
        return size;
    }

    /**
     * @param name    of the property it is for, or of the one whose item it is
     * @param ordinal among the items of an array, which ought to differ
     */
    private JsonNode make(JsonNode schema, String name, int ordinal, int depth) {
        if (++values > MAX_VALUES || depth > MAX_DEPTH) {
            throw refused("The schema asks for more values than the mock makes, or refers to itself without end.");
        }
        if (schema.path("$ref").isString()) {
            return follow(schema.path("$ref").stringValue(), name, ordinal, depth);
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.path("enum").isArray() && !schema.path("enum").isEmpty()) {
            return hints.choice(schema.get("enum"), ordinal);
        }
        for (var union : List.of("anyOf", "oneOf")) {
            if (schema.path(union).isArray() && !schema.path(union).isEmpty()) {
                return make(merged(schema, union, branch(schema.get(union), depth)), name, ordinal, depth + 1);
            }
        }
        if (schema.path("allOf").isArray() && !schema.path("allOf").isEmpty()) {
            return make(all(schema), name, ordinal, depth + 1);
        }
        return switch (type(schema, depth)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, name, depth);
            case "integer" -> NODES.numberNode(SchemaNumbers.integer(schema, hints, ordinal, param));
            case "number" -> NODES.numberNode(SchemaNumbers.number(schema, hints, ordinal, param));
            case "boolean" -> NODES.booleanNode(ordinal % 2 == 0);
            case "null" -> NODES.nullNode();
            case "string" -> NODES.stringNode(SchemaTexts.text(schema, hints, name, ordinal, param));
            case String other -> throw refused("The schema has the unknown type `" + Words.quote(other, 32) + "`.");
        };
    }

    private JsonNode follow(String ref, String name, int ordinal, int depth) {
        var target = resolve(ref);
        refsOnPath.merge(ref, 1, Integer::sum);
        try {
            return make(target, name, ordinal, depth + 1);
        } finally {
            refsOnPath.merge(ref, -1, Integer::sum);
        }
    }

    private JsonNode resolve(String ref) {
        if (ref.equals("#")) {
            return root;
        }
        try {
            var target = ref.startsWith("#/") ? root.at(JsonPointer.compile(ref.substring(1))) : NODES.missingNode();
            if (!target.isMissingNode()) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            // No pointer: refused like one that leads nowhere.
        }
        throw refused("The schema refers to `" + Words.quote(ref, 64) + "`, which is not in it.");
    }

    private JsonNode object(JsonNode schema, int depth) {
        var object = MockJson.object();
        var required = new LinkedHashSet<String>();
        schema.path("required").forEach(name -> required.add(name.asString("")));
        boolean all = required.isEmpty() && depth < SOFT_DEPTH;
        for (var property : schema.path("properties").properties()) {
            if (required.contains(property.getKey()) || (all && !exhausted(property.getValue()))) {
                object.set(property.getKey(), make(property.getValue(), property.getKey(), 0, depth + 1));
            }
        }
        for (var name : required) {
            if (!object.has(name)) {
                object.set(name, make(schema.path("additionalProperties"), name, 0, depth + 1));
            }
        }
        return object;
    }

    private JsonNode array(JsonNode schema, String name, int depth) {
        var array = MockJson.array();
        var first = schema.path("prefixItems");
        for (int i = 0; i < first.size(); i++) {
            array.add(make(first.get(i), name, 0, depth + 1));
        }
        var items = schema.path("items");
        boolean leaveEmpty = exhausted(items) || depth >= SOFT_DEPTH || (first.size() > 0 && !items.isObject());
        double wanted = Math.max(schema.path("minItems").asDouble(0), leaveEmpty ? 0 : 1);
        double allowed = schema.path("maxItems").asDouble(Double.MAX_VALUE);
        for (int i = array.size(); i < Math.min(wanted, allowed); i++) {
            array.add(make(items, name, i, depth + 1));
        }
        return array;
    }

    /** The first that is not null; the simplest once the schema has been followed far enough. */
    private JsonNode branch(JsonNode branches, int depth) {
        var open = new ArrayList<JsonNode>();
        for (var branch : branches) {
            boolean isNull = branch.path("type").asString("").equals("null");
            if (depth >= SOFT_DEPTH && !branch.has("$ref") && !branch.has("properties") && !branch.has("items")) {
                return branch;
            }
            if (!isNull && !exhausted(branch)) {
                open.add(branch);
            }
        }
        return open.isEmpty() ? lastResort(branches) : open.getFirst();
    }

    private static JsonNode lastResort(JsonNode branches) {
        for (var branch : branches) {
            if (!branch.has("$ref")) {
                return branch;
            }
        }
        return branches.get(0);
    }

    private boolean exhausted(JsonNode schema) {
        return schema.path("$ref").isString()
                && refsOnPath.getOrDefault(schema.path("$ref").stringValue(), 0) >= MAX_SAME_REF;
    }

    /** What stands beside a union counts for every branch of it. */
    private static JsonNode merged(JsonNode schema, String union, JsonNode branch) {
        if (!(schema instanceof ObjectNode base) || !branch.isObject() || branch.has("$ref")) {
            return branch;
        }
        var merged = MockJson.object().setAll(base);
        merged.remove(union);
        return merge(merged, branch);
    }

    private JsonNode all(JsonNode schema) {
        var merged = MockJson.object().setAll((ObjectNode) schema);
        merged.remove("allOf");
        int hops = 0;
        for (var part : schema.get("allOf")) {
            var resolved = part;
            while (resolved.path("$ref").isString() && hops++ < MAX_DEPTH) {
                resolved = resolve(resolved.path("$ref").stringValue());
            }
            merge(merged, resolved);
        }
        return merged;
    }

    /** Never changes what {@code into} shares with the schema it was copied from. */
    private static ObjectNode merge(ObjectNode into, JsonNode more) {
        for (var keyword : more.properties()) {
            var name = keyword.getKey();
            var value = keyword.getValue();
            if (name.equals("properties") && into.path(name) instanceof ObjectNode properties && value.isObject()) {
                var both = MockJson.object().setAll(properties);
                value.properties().forEach(one -> both.set(one.getKey(), one.getValue()));
                into.set(name, both);
            } else if (name.equals("required") && into.path(name).isArray()) {
                var both = MockJson.array();
                into.path(name).forEach(both::add);
                value.forEach(both::add);
                into.set(name, both);
            } else {
                into.set(name, value);
            }
        }
        return into;
    }

    private static String type(JsonNode schema, int depth) {
        var type = schema.path("type");
        if (type.isString()) {
            return type.stringValue();
        }
        var types = new ArrayList<String>();
        type.forEach(one -> types.add(one.asString("")));
        if (!types.isEmpty()) {
            boolean wayOut = depth >= SOFT_DEPTH && types.contains("null");
            return types.stream()
                    .filter(one -> one.equals("null") == wayOut)
                    .findFirst()
                    .orElse("null");
        }
        if (schema.has("properties") || schema.has("required")) {
            return "object";
        }
        if (schema.has("items") || schema.has("prefixItems")) {
            return "array";
        }
        return schema.has("minimum") || schema.has("maximum") ? "number" : "string";
    }

    private MockRefusal refused(String message) {
        return new MockRefusal(param, message);
    }
}
