package io.llmplatform.projections.audit;

import io.llmplatform.contracts.event.EventEnvelope;
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
 * Which fields an event changed, told from its data alone: with {@code before} and {@code after} the fields that
 * differ, inside of objects and lists by their path ({@code limits.concurrency}, {@code deployments[dep_1].weight}); by its name a change of status; else what it set. Secrets and hashes never get out.
 */
final class AuditChanges {
    private AuditChanges() {}

    static ArrayNode of(EventEnvelope envelope, AuditEntity before, AuditEntity after) {
        var changes = JsonNodeFactory.instance.arrayNode();
        var data = envelope.data();
        if (data.path("before").isObject() && data.path("after").isObject()) {
            difference(data.path("before"), data.path("after"), changes);
        } else if (AuditEntity.statusAfter(envelope.type()) != null) {
            add(changes, "status", text(before.status()), text(after.status()));
        } else if (envelope.type().endsWith("PasswordChanged")
                || envelope.type().endsWith("InvitationAccepted")) {
            add(changes, "password", null, text("changed"));
        } else if (envelope.type().endsWith("SecondFactorEnrolled")) {
            add(changes, "second_factor", text("off"), text("on"));
        } else if (envelope.type().endsWith("SecondFactorRemoved")) {
            add(changes, "second_factor", text("on"), text("off"));
            set(envelope, data, changes);
        } else {
            set(envelope, data, changes);
        }
        return changes;
    }

    private static void difference(JsonNode before, JsonNode after, ArrayNode changes) {
        names(before, after)
                .forEach(field -> compare(
                        field,
                        shown(field, before.get(field), "set"),
                        shown(field, after.get(field), "rotated"),
                        changes));
    }

    /** Down to the values that differ: one limit among several, one deployment among many, is told as that one. */
    private static void compare(String field, @Nullable JsonNode before, @Nullable JsonNode after, ArrayNode changes) {
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

    private static Set<String> names(JsonNode before, JsonNode after) {
        var names = new LinkedHashSet<>(before.propertyNames());
        names.addAll(after.propertyNames());
        return names;
    }

    /** The elements of a list by what tells them apart: their id, or period and currency; null when nothing does. */
    private static @Nullable Map<String, JsonNode> elements(@Nullable JsonNode list) {
        if (!(list instanceof ArrayNode array)) {
            return null;
        }
        var elements = new LinkedHashMap<String, JsonNode>();
        for (var element : array) {
            var key = element.has("id")
                    ? element.path("id").asString("")
                    : (element.path("period").asString("") + " "
                                    + element.path("currency").asString(""))
                            .strip();
            if (key.isEmpty() || elements.put(key, element) != null) {
                return null;
            }
        }
        return elements;
    }

    private static void set(EventEnvelope envelope, JsonNode data, ArrayNode changes) {
        var secret = envelope.type().endsWith("SecretRotated")
                ? "rotated"
                : envelope.type().endsWith("SecretRewrapped") ? "rewrapped" : "set";
        data.forEachEntry((field, value) -> {
            if (field.equals("details")) {
                value.forEachEntry((inner, each) -> add(changes, inner, null, shown(inner, each, secret)));
            } else if (!value.asString("").equals(envelope.aggregateId())) {
                add(changes, field, null, shown(field, value, secret));
            }
        });
    }

    /** The value as it may be seen, null when there is none. */
    private static @Nullable JsonNode shown(String field, @Nullable JsonNode value, String secret) {
        if (value == null || value.isNull() || field.equals("hash") || field.equals("previous_hash")) {
            return null;
        }
        if (field.equals("metadata")) {
            return value; // administrators choose the names in there, so that none of them means anything
        }
        if (value.has("ciphertext") || value.has("wrapped_key")) {
            return text(secret);
        }
        if (value.isObject() && value.has("subject") && value.has("clear")) {
            return value.get("clear");
        }
        return switch (value) {
            case ObjectNode object -> {
                var copy = JsonNodeFactory.instance.objectNode();
                object.forEachEntry((name, each) -> {
                    var inner = shown(name, each, secret);
                    if (inner != null) {
                        copy.set(name, inner);
                    }
                });
                yield copy;
            }
            case ArrayNode array -> {
                var copy = JsonNodeFactory.instance.arrayNode();
                array.forEach(each -> {
                    var inner = shown("", each, secret);
                    if (inner != null) {
                        copy.add(inner);
                    }
                });
                yield copy;
            }
            default -> value;
        };
    }

    private static void add(ArrayNode changes, String field, @Nullable JsonNode before, @Nullable JsonNode after) {
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

    private static JsonNode text(String value) {
        return JsonNodeFactory.instance.stringNode(value);
    }
}
