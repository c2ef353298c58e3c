package io.llmplatform.query.history;

import com.fasterxml.jackson.annotation.JsonValue;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.json.Differences;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code EntityDiff} of the management API.
 *
 * @param name   at the later moment
 * @param fields that differ; none where only what is not shown did, such as a password
 * @param events that did it, oldest first, at most {@link #EVENTS}
 */
record EntityDiff(String type, String id, @Nullable String name, Kind change, JsonNode fields, List<EventRef> events) {
    static final int EVENTS = 100;

    enum Kind {
        CREATED,
        CHANGED,
        /** A key that was revoked: nothing else is ever taken away. */
        REMOVED;

        @JsonValue
        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static EntityDiff of(EntityHistory history, EntityHistory.EntityId entity, long from, long to) {
        var before = history.find(entity.type(), entity.id(), from).orElse(null);
        var after = history.find(entity.type(), entity.id(), to).orElseThrow();
        return new EntityDiff(
                entity.type(),
                entity.id(),
                after.name(),
                kind(before, after),
                Differences.between(plain(before), plain(after)),
                history.changes(entity, from, to, EVENTS).stream()
                        .map(StateRow::event)
                        .toList());
    }

    private static Kind kind(@Nullable StateRow before, StateRow after) {
        if (before == null) {
            return Kind.CREATED;
        }
        return isRevoked(after) && !isRevoked(before) ? Kind.REMOVED : Kind.CHANGED;
    }

    private static boolean isRevoked(StateRow row) {
        return "revoked".equals(row.text("status"));
    }

    /** Without what every change changes. */
    private static ObjectNode plain(@Nullable StateRow row) {
        var state = row == null
                ? ContractJson.mapper().createObjectNode()
                : row.state().deepCopy();
        state.remove(List.of("id", "version", "created_at", "updated_at"));
        return state;
    }
}
