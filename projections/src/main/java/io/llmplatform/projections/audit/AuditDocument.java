package io.llmplatform.projections.audit;

import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.projections.search.AllText;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An event as {@code AuditEvent} of the management API, with a field that holds every value for free text. */
final class AuditDocument {
    private AuditDocument() {}

    static ObjectNode of(EventEnvelope envelope, AuditEntity before, AuditEntity after) {
        var json = JsonNodeFactory.instance;
        var meta = envelope.meta();
        var changes = AuditChanges.of(envelope, before.status());
        var document = json.objectNode();
        document.put("id", envelope.id());
        document.put("at", envelope.at().toString());
        document.put("position", envelope.position());
        document.put("type", envelope.type());
        var actor = document.putObject("actor");
        actor.put("type", meta.actor().type());
        actor.put("id", meta.actor().id());
        put(actor, "name", clear(meta.actor().name()));
        put(document, "ip", clear(meta.ip()));
        put(document, "user_agent", clear(meta.userAgent()));
        put(document, "request_id", meta.requestId());
        put(document, "reason", meta.reason());
        document.put("entity_type", envelope.aggregateType());
        document.put("entity_id", envelope.aggregateId());
        put(document, "entity_name", after.name());
        document.set("changes", changes);
        document.set(
                "changed",
                AllText.of(changes.values().stream()
                        .map(change -> change.path("field").asString())
                        .toList()));
        var all = new LinkedHashSet<String>();
        AllText.collect(document, all);
        addNames(envelope.type(), all);
        document.set("all", AllText.of(all));
        return document;
    }

    /** {@code api_key.ApiKeyIssued} is also found by {@code ApiKeyIssued}, {@code issued} and {@code api key}. */
    private static void addNames(String type, Set<String> all) {
        int dot = type.indexOf('.');
        var name = type.substring(dot + 1);
        all.add(name);
        all.add(name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " "));
        if (dot > 0) {
            all.add(type.substring(0, dot).replace('_', ' '));
        }
    }

    private static void put(ObjectNode node, String field, @Nullable String value) {
        if (value != null) {
            node.put(field, value);
        }
    }

    private static @Nullable String clear(@Nullable Personal personal) {
        return personal == null ? null : personal.clear();
    }
}
