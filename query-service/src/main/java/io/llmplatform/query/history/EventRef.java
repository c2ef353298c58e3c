package io.llmplatform.query.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that an answer rests on.
 *
 * @param id        also that of its entry in the audit log
 * @param requestId of the request that led to it
 */
record EventRef(
        String id,
        long position,
        long sequence,
        String type,
        Instant at,
        Actor actor,
        @Nullable String reason,
        @Nullable String requestId) {

    /** @param name as far as it is known */
    record Actor(String type, String id, @Nullable String name) {}

    static EventRef read(ResultSet row) throws SQLException {
        return new EventRef(
                row.getString("event_id"),
                row.getLong("position"),
                row.getLong("sequence"),
                row.getString("event_type"),
                row.getTimestamp("at").toInstant(),
                new Actor(row.getString("actor_type"), row.getString("actor_id"), row.getString("actor_name")),
                row.getString("reason"),
                row.getString("request_id"));
    }
}
