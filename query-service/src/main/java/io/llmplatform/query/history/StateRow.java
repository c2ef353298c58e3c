package io.llmplatform.query.history;

import io.llmplatform.contracts.json.ContractJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An entity after an event: a row of {@code readmodel.entity_version}.
 *
 * @param state   as the projections keep it, to be left as it is
 * @param changes what the event changed
 */
record StateRow(String type, String id, EventRef event, ObjectNode state, JsonNode changes) {

    static StateRow read(ResultSet row, int number) throws SQLException {
        return new StateRow(
                row.getString("entity_type"),
                row.getString("entity_id"),
                EventRef.read(row),
                (ObjectNode) ContractJson.mapper().readTree(row.getString("state")),
                ContractJson.mapper().readTree(row.getString("changes")));
    }

    /** As shown to people; null for what has none. */
    @Nullable
    String name() {
        for (var field : new String[] {"name", "username", "model_name"}) {
            var name = text(field);
            if (name != null) {
                return name;
            }
        }
        return null;
    }

    boolean isActive() {
        return "active".equals(text("status"));
    }

    @Nullable
    String text(String field) {
        return state.path(field).stringValue(null);
    }

    @Nullable
    Instant instant(String field) {
        var text = text(field);
        return text == null ? null : Instant.parse(text);
    }

    /** A nested value; null when there is none. */
    <T> @Nullable T value(String field, Class<T> type) {
        var node = state.get(field);
        return node == null ? null : ContractJson.mapper().treeToValue(node, type);
    }

    /** The whole of it as what an event calls its details. */
    <T> T details(Class<T> type) {
        return Objects.requireNonNull(ContractJson.mapper().treeToValue(state, type));
    }
}
