package io.llmplatform.projections.audit;

import io.llmplatform.contracts.personal.PersonKeys;
import io.llmplatform.contracts.personal.PersonSeal;
import io.llmplatform.contracts.personal.PersonalData;
import io.llmplatform.contracts.read.ReadRecord;
import io.llmplatform.projections.search.AllText;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A read as {@code AuditEvent} of the management API: what was asked, and what came of it, stand where a change tells its fields. */
final class ReadDocument {
    private ReadDocument() {}

    static ObjectNode of(ReadRecord read, PersonKeys keys) {
        var key = keys.find(read.userId()).orElse(null);
        var document = JsonNodeFactory.instance.objectNode();
        document.put("id", read.id());
        document.put("at", read.at().toString());
        document.put("position", 0);
        document.put("type", read.type());
        var actor = document.putObject("actor");
        actor.put("type", "user");
        actor.put("id", read.userId());
        put(actor, "name", opened(read.name(), key));
        put(document, "ip", opened(read.ip(), key));
        put(document, "user_agent", opened(read.userAgent(), key));
        put(document, "request_id", read.requestId());
        document.put("entity_type", "read");
        document.put("entity_id", read.id());
        document.put("entity_name", read.operation());
        var changes = document.putArray("changes");
        read.question()
                .forEach((field, value) ->
                        changes.addObject().put("field", field).put("after", opened(value, key)));
        number(document, "results", read.results());
        number(document, "repeats", read.repeats());
        number(document, "left_out", read.leftOut());
        document.set("changed", AllText.of(read.question().keySet()));
        var all = new LinkedHashSet<String>();
        AllText.collect(document, all);
        all.add(read.type().substring(read.type().indexOf('.') + 1).replaceAll("(?<=[a-z])(?=[A-Z])", " "));
        document.set("all", AllText.of(all));
        return document;
    }

    private static void number(ObjectNode document, String field, @Nullable Long value) {
        if (value != null) {
            document.withArray("changes").addObject().put("field", field).put("after", value);
        }
    }

    private static @Nullable String opened(@Nullable String text, byte @Nullable [] key) {
        if (text == null || !PersonSeal.isSealed(text)) {
            return text;
        }
        return key == null ? PersonalData.ERASED : PersonSeal.open(key, text);
    }

    private static void put(ObjectNode node, String field, @Nullable String value) {
        if (value != null) {
            node.put(field, value);
        }
    }
}
