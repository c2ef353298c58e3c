package io.llmplatform.projections.audit;

import io.llmplatform.contracts.event.EventEnvelope;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is remembered of an entity.
 *
 * @param position of the last event, -1 before the first
 * @param name     as shown to people; null for what has none
 * @param status   {@code active}, {@code disabled}, {@code revoked} or {@code retired}
 */
record AuditEntity(
        String type, String id, long position, @Nullable String name, String status) {

    static AuditEntity unknown(String type, String id) {
        return new AuditEntity(type, id, -1, null, "active");
    }

    AuditEntity with(EventEnvelope envelope) {
        var newName = nameIn(envelope.data());
        var newStatus = statusAfter(envelope.type());
        return new AuditEntity(
                type,
                id,
                envelope.position(),
                newName == null ? name : newName,
                newStatus == null ? status : newStatus);
    }

    /** The status that an event of this type leads to, by its name; null when it does not change the status. */
    static @Nullable String statusAfter(String eventType) {
        if (eventType.endsWith("Disabled")) {
            return "disabled";
        }
        if (eventType.endsWith("Enabled")) {
            return "active";
        }
        if (eventType.endsWith("Retired")) {
            return "retired";
        }
        return eventType.endsWith("Revoked") ? "revoked" : null;
    }

    private static @Nullable String nameIn(JsonNode data) {
        for (var pointer : new String[] {
            "/after/name", "/details/name", "/model_name", "/username/clear", "/name/clear", "/operation", "/projection"
        }) {
            var found = data.at(pointer);
            if (found.isString()) {
                return found.stringValue();
            }
        }
        return null;
    }
}
