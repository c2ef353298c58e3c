package io.llmplatform.proxy.upstream.gemini;

import io.llmplatform.proxy.translate.UntranslatableException;
import io.llmplatform.proxy.upstream.gemini.SchemaCleaner.Trail;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Follows {@code $ref} and folds {@code allOf} until one level of a schema is one plain set of keywords. */
final class SchemaFlattener {
    private static final int MAX_SCHEMAS = 2_000;
    private static final int MAX_DEPTH = 100;
    private static final int MAX_COPIED = 1_000_000;

    private final JsonNode root;
    private final String param;
    private final int repeats;
    private final Map<String, Integer> sizes = new HashMap<>();
    private int schemas;
    private long copied;

    /** @param repeats how often one reference may be followed on the way to one place */
    SchemaFlattener(JsonNode root, String param, int repeats) {
        this.root = root;
        this.param = param;
        this.repeats = repeats;
    }

    String param() {
        return param;
    }

    /** A small schema must not become a huge request by having one long text written out in many places. */
    void spend(long characters) {
        copied += characters;
        if (copied > MAX_COPIED) {
            throw new TooLarge(param);
        }
    }

    /** @return keywords that are the caller's to change */
    Flat flatten(JsonNode raw, Trail trail) throws UntranslatableException {
        if (++schemas > MAX_SCHEMAS || trail.depth() > MAX_DEPTH) {
            throw new TooLarge(param);
        }
        if (raw.isBoolean() && raw.booleanValue()) {
            return new Flat(Shape.JSON.createObjectNode(), trail);
        }
        if (!(raw instanceof ObjectNode schema)) {
            throw new UntranslatableException(param, "A schema in '" + param + "' is not an object.");
        }
        var keys = Shape.JSON.createObjectNode().setAll(schema);
        var at = trail;
        var reference = keys.remove("$ref");
        if (reference != null) {
            var name = Shape.text(reference, param);
            var target = resolve(name);
            spend(sizes.computeIfAbsent(name, unused -> target.toString().length()));
            if (trail.times(name) >= repeats) {
                return new Flat(merge(cut(target), keys), trail);
            }
            var inner = flatten(target, trail.through(name));
            keys = merge(inner.keys(), keys);
            at = inner.trail();
        }
        var parts = keys.remove("allOf");
        if (parts != null) {
            for (var part : Shape.array(parts, param)) {
                var inner = flatten(part, at);
                keys = merge(inner.keys(), keys);
                at = inner.trail();
            }
        }
        return new Flat(keys, at);
    }

    /** Both hold. Where they differ in what can hold once only, the second wins. */
    ObjectNode merge(ObjectNode base, ObjectNode over) throws UntranslatableException {
        var out = Shape.JSON.createObjectNode().setAll(base);
        for (var entry : over.properties()) {
            var name = entry.getKey();
            var mine = out.get(name);
            var theirs = entry.getValue();
            if (mine instanceof ObjectNode a && theirs instanceof ObjectNode b && name.equals("properties")) {
                out.set(name, Shape.JSON.createObjectNode().setAll(a).setAll(b));
            } else if (mine instanceof ArrayNode a && theirs instanceof ArrayNode b && name.equals("required")) {
                out.set(name, union(a, b));
            } else if (mine != null && (name.equals("anyOf") || name.equals("oneOf")) && !mine.equals(theirs)) {
                throw new UntranslatableException(
                        param, "Gemini models take no schema in which two '" + name + "' hold at once.");
            } else {
                out.set(name, theirs);
            }
        }
        return out;
    }

    private static ArrayNode union(ArrayNode a, ArrayNode b) {
        var out = Shape.JSON.createArrayNode().addAll(a);
        for (var name : b) {
            if (out.valueStream().noneMatch(name::equals)) {
                out.add(name);
            }
        }
        return out;
    }

    private JsonNode resolve(String reference) throws UntranslatableException {
        if (reference.equals("#")) {
            return root;
        }
        try {
            if (reference.startsWith("#/")) {
                var pointer = URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
                var target = root.at(JsonPointer.compile(pointer));
                if (!target.isMissingNode()) {
                    return target;
                }
            }
        } catch (IllegalArgumentException e) {
            // A broken escape points nowhere.
        }
        throw new UntranslatableException(
                param, "The reference '" + reference + "' does not lead to a schema in '" + param + "'.");
    }

    private static ObjectNode cut(JsonNode target) {
        var out = Shape.JSON.createObjectNode();
        for (var name : new String[] {"type", "title", "description"}) {
            if (target.has(name)) {
                out.set(name, target.get(name));
            }
        }
        return out.has("type") ? out : out.put("type", "object");
    }

    /** @param trail where the keywords came from; what is below them goes on from there */
    record Flat(ObjectNode keys, Trail trail) {}

    /** Never reaches a client as it is: the schema is tried again with fewer repeats first. */
    static final class TooLarge extends RuntimeException {
        TooLarge(String param) {
            super(param, null, false, false);
        }
    }
}
