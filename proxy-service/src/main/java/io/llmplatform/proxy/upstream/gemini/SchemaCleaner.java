package io.llmplatform.proxy.upstream.gemini;

import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schema in the subset that Gemini takes: no references, one type each, null as a flag, alternatives as {@code anyOf}
 * that stands alone. A constraint the subset has no word for is told in the description, so that the model still knows it.
 * A schema that refers to itself is written out twice per path and then cut to its bare type.
 */
final class SchemaCleaner {
    private final SchemaFlattener flattener;
    private final boolean ordered;

    private SchemaCleaner(SchemaFlattener flattener, boolean ordered) {
        this.flattener = flattener;
        this.ordered = ordered;
    }

    /** For the parameters of a function. */
    static ObjectNode plain(JsonNode schema, String param) throws UntranslatableException {
        return clean(schema, param, false);
    }

    /** For answers: properties come in the order of the schema, as they do from OpenAI. */
    static ObjectNode ordered(JsonNode schema, String param) throws UntranslatableException {
        return clean(schema, param, true);
    }

    private static ObjectNode clean(JsonNode schema, String param, boolean ordered) throws UntranslatableException {
        try {
            return new SchemaCleaner(new SchemaFlattener(schema, param, 2), ordered).schema(schema, Trail.START);
        } catch (SchemaFlattener.TooLarge e) {
            // Schemas that refer to each other crosswise grow exponentially with every level.
            try {
                return new SchemaCleaner(new SchemaFlattener(schema, param, 1), ordered).schema(schema, Trail.START);
            } catch (SchemaFlattener.TooLarge again) {
                throw new UntranslatableException(
                        param, "The schema is too large for Gemini models once its references are written out.");
            }
        }
    }

    private ObjectNode schema(JsonNode raw, Trail trail) throws UntranslatableException {
        var flat = flattener.flatten(raw, trail);
        return keys(flat.keys(), flat.trail());
    }

    private ObjectNode keys(ObjectNode keys, Trail trail) throws UntranslatableException {
        var options = keys.remove("anyOf");
        if (options == null) {
            options = keys.remove("oneOf");
        }
        if (options != null) {
            return alternatives(Shape.array(options, flattener.param()), keys, trail);
        }
        var types = SchemaTypes.of(keys, flattener.param());
        if (types.nullable()) {
            keys.put("nullable", true);
        }
        if (types.names().size() == 1) {
            return typed(types.names().getFirst(), keys, trail);
        }
        var branches = Shape.JSON.createArrayNode();
        for (var type : types.names()) {
            branches.add(typed(type, keys, trail));
        }
        return anyOf(branches);
    }

    /** What stands beside the alternatives holds for each of them. */
    private ObjectNode alternatives(ArrayNode options, ObjectNode beside, Trail trail) throws UntranslatableException {
        var flats = new ArrayList<SchemaFlattener.Flat>();
        for (var option : options) {
            var flat = flattener.flatten(option, trail);
            if (SchemaTypes.isNull(flat.keys())) {
                beside.put("nullable", true);
            } else {
                flats.add(flat);
            }
        }
        if (flats.isEmpty()) {
            beside.remove("nullable");
            return keys(beside.put("type", "null"), trail);
        }
        flattener.spend((long) beside.toString().length() * (flats.size() - 1));
        var branches = Shape.JSON.createArrayNode();
        for (var flat : flats) {
            var branch = keys(flattener.merge(beside, flat.keys()), flat.trail());
            if (branch.get("anyOf") instanceof ArrayNode nested) {
                branches.addAll(nested);
            } else {
                branches.add(branch);
            }
        }
        return anyOf(branches);
    }

    private static ObjectNode anyOf(ArrayNode branches) {
        if (branches.size() == 1 && branches.get(0) instanceof ObjectNode only) {
            return only;
        }
        var out = Shape.JSON.createObjectNode();
        out.set("anyOf", branches);
        return out;
    }

    private ObjectNode typed(String type, ObjectNode keys, Trail trail) throws UntranslatableException {
        var out = new TypedSchema(type, keys);
        switch (type) {
            case "OBJECT" -> properties(keys, out.node(), trail);
            case "ARRAY" -> out.node().set("items", items(keys, trail));
            default -> {}
        }
        return out.finish();
    }

    private void properties(ObjectNode keys, ObjectNode out, Trail trail) throws UntranslatableException {
        if (!(keys.get("properties") instanceof ObjectNode properties) || properties.isEmpty()) {
            return;
        }
        var cleaned = out.putObject("properties");
        for (var property : properties.properties()) {
            cleaned.set(property.getKey(), schema(property.getValue(), trail.deeper()));
        }
        var required = Shape.JSON.createArrayNode();
        for (var name : keys.path("required")) {
            // Gemini refuses a required property that is not declared.
            if (properties.has(name.stringValue(""))) {
                required.add(name);
            }
        }
        if (!required.isEmpty()) {
            out.set("required", required);
        }
        if (ordered && properties.size() > 1) {
            var order = out.putArray("propertyOrdering");
            properties.propertyNames().forEach(order::add);
        }
    }

    /** Gemini wants a schema of the items of every list, and has none for each place. */
    private ObjectNode items(ObjectNode keys, Trail trail) throws UntranslatableException {
        var places = keys.get("items") instanceof ArrayNode old ? old : keys.get("prefixItems");
        if (places instanceof ArrayNode list && !list.isEmpty()) {
            var distinct = Shape.JSON.createArrayNode();
            for (var place : list) {
                var cleaned = schema(place, trail.deeper());
                if (distinct.valueStream().noneMatch(cleaned::equals)) {
                    distinct.add(cleaned);
                }
            }
            return anyOf(distinct);
        }
        return schema(orAnything(keys.get("items")), trail.deeper());
    }

    private static JsonNode orAnything(@Nullable JsonNode schema) {
        return schema == null || !schema.isObject() ? Shape.JSON.createObjectNode() : schema;
    }

    /** Where in a schema one is: levels down, and the references followed to get there. */
    record Trail(int depth, List<String> references) {
        static final Trail START = new Trail(0, List.of());

        Trail deeper() {
            return new Trail(depth + 1, references);
        }

        Trail through(String reference) {
            var more = new ArrayList<>(references);
            more.add(reference);
            return new Trail(depth, List.copyOf(more));
        }

        long times(String reference) {
            return references.stream().filter(reference::equals).count();
        }
    }
}
