package io.llmplatform.projections.audit;

import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.json.Differences;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which fields an event changed, told from its data alone: with {@code before} and {@code after} the fields that
 * differ, inside of objects and lists by their path ({@code limits.concurrency}, {@code deployments[dep_1].weight}); by its name a change of status; else what it set. Secrets and hashes never get out.
 */
public final class AuditChanges {
    private AuditChanges() {}

    /** @param statusBefore {@code active}, {@code disabled}, {@code revoked} or {@code retired} */
    public static ArrayNode of(EventEnvelope envelope, String statusBefore) {
        var statusAfter = AuditEntity.statusAfter(envelope.type());
        var changes = JsonNodeFactory.instance.arrayNode();
        var data = envelope.data();
        if (data.path("before").isObject() && data.path("after").isObject()) {
            difference(data.path("before"), data.path("after"), changes);
        } else if (statusAfter != null) {
            Differences.add(changes, "status", text(statusBefore), text(statusAfter));
        } else if (envelope.type().endsWith("PasswordChanged")
                || envelope.type().endsWith("InvitationAccepted")) {
            Differences.add(changes, "password", null, text("changed"));
        } else if (envelope.type().endsWith("SecondFactorEnrolled")) {
            Differences.add(changes, "second_factor", text("off"), text("on"));
        } else if (envelope.type().endsWith("SecondFactorRemoved")) {
            Differences.add(changes, "second_factor", text("on"), text("off"));
            set(envelope, data, changes);
        } else {
            set(envelope, data, changes);
        }
        return changes;
    }

    private static void difference(JsonNode before, JsonNode after, ArrayNode changes) {
        Differences.names(before, after)
                .forEach(field -> Differences.compare(
                        field,
                        shown(field, before.get(field), "set"),
                        shown(field, after.get(field), "rotated"),
                        changes));
    }

    private static void set(EventEnvelope envelope, JsonNode data, ArrayNode changes) {
        var secret = envelope.type().endsWith("SecretRotated")
                ? "rotated"
                : envelope.type().endsWith("SecretRewrapped") ? "rewrapped" : "set";
        data.forEachEntry((field, value) -> {
            if (field.equals("details")) {
                value.forEachEntry((inner, each) -> Differences.add(changes, inner, null, shown(inner, each, secret)));
            } else if (!value.asString("").equals(envelope.aggregateId())) {
                Differences.add(changes, field, null, shown(field, value, secret));
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

    private static JsonNode text(String value) {
        return JsonNodeFactory.instance.stringNode(value);
    }
}
