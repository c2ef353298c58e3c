package io.llmplatform.projections.audit;

import io.llmplatform.contracts.event.EventEnvelope;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which fields an event changed, told from its data alone: with {@code before} and {@code after} the fields that
 * differ; by its name a change of status; else what it set. Secrets and hashes never get out.
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
        } else if (envelope.type().endsWith("PasswordChanged")) {
            add(changes, "password", null, text("changed"));
        } else {
            set(envelope, data, changes);
        }
        return changes;
    }

    private static void difference(JsonNode before, JsonNode after, ArrayNode changes) {
        var fields = new LinkedHashSet<>(before.propertyNames());
        fields.addAll(after.propertyNames());
        for (var field : fields) {
            var was = shown(field, before.get(field), "set");
            var is = shown(field, after.get(field), "rotated");
            if (was == null ? is != null : !was.equals(is)) {
                add(changes, field, was, is);
            }
        }
    }

    private static void set(EventEnvelope envelope, JsonNode data, ArrayNode changes) {
        var secret = envelope.type().endsWith("SecretRotated") ? "rotated" : "set";
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
        if (value == null || value.isNull() || field.equals("hash")) {
            return null;
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
