package io.llmplatform.contracts.json;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What differs between two states of the same thing, as {@code [{field, before, after}]}: inside of objects and lists by the path
 * ({@code limits.concurrency}, {@code deployments[dep_1].weight}), {@code before} or {@code after} absent where there is none.
 */
public final class Differences {
    private Differences() {}

    public static ArrayNode between(ObjectNode before, ObjectNode after) {
        var changes = JsonNodeFactory.instance.arrayNode();
        names(before, after).forEach(field -> compare(field, before.get(field), after.get(field), changes));
        return changes;
    }

    /** Down to the values that differ: one limit among several, one deployment among many, is told as that one. */
    public static void compare(String field, @Nullable JsonNode before, @Nullable JsonNode after, ArrayNode changes) {
        if (before == null ? after == null : before.equals(after)) {
            return;
        }
        if (before instanceof ObjectNode was && after instanceof ObjectNode is) {
            names(was, is).forEach(name -> compare(field + "." + name, was.get(name), is.get(name), changes));
            return;
        }
        var was = elements(before);
        var is = elements(after);
        if (was == null || is == null) {
            add(changes, field, before, after);
            return;
        }
        int told = changes.size();
        var keys = new LinkedHashSet<>(was.keySet());
        keys.addAll(is.keySet());
        keys.forEach(key -> compare(field + "[" + key + "]", was.get(key), is.get(key), changes));
        if (changes.size() == told) {
            add(changes, field, before, after); // only the order is another
        }
    }

    /** Tells one; nothing when there is neither. */
    public static void add(ArrayNode changes, String field, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (before == null && after == null) {
            return;
        }
        var change = changes.addObject().put("field", field);
        if (before != null) {
            change.set("before", before);
        }
        if (after != null) {
            change.set("after", after);
        }
    }

    /** The fields of both, those of the one before first. */
    public static Set<String> names(JsonNode before, JsonNode after) {
        var names = new LinkedHashSet<>(before.propertyNames());
        names.addAll(after.propertyNames());
        return names;
    }

    /** The elements of a list by what tells them apart: id, number, or period and currency; null when nothing does. */
    private static @Nullable Map<String, JsonNode> elements(@Nullable JsonNode list) {
        if (!(list instanceof ArrayNode array)) {
            return null;
        }
        var elements = new LinkedHashMap<String, JsonNode>();
        for (var element : array) {
            var key = key(element);
            if (key.isEmpty() || elements.put(key, element) != null) {
                return null;
            }
        }
        return elements;
    }

    private static String key(JsonNode element) {
        for (var name : new String[] {"id", "number"}) {
            if (element.has(name)) {
                return element.path(name).asString("");
            }
        }
        return (element.path("period").asString("") + " "
                        + element.path("currency").asString(""))
                .strip();
    }
}
