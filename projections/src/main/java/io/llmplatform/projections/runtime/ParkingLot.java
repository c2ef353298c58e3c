package io.llmplatform.projections.runtime;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Records that were refused, and the later ones of their keys, in {@code readmodel.parked_event}. */
@Component
class ParkingLot {
    private final JdbcClient jdbc;
    private final String park = SqlFile.read("park");
    private final String parkedKeys = SqlFile.read("parked-keys");

    ParkingLot(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of the given keys that have parked records: theirs must park as well, or order would be lost. */
    Set<String> parkedKeys(ProjectionId id, Collection<String> keys) {
        // Nearly always there are none, and thousands of keys are not worth sending to learn it.
        if (!jdbc.sql("select exists(select from readmodel.parked_event where projection = ? and version = ?)")
                .params(id.name(), id.version())
                .query(Boolean.class)
                .single()) {
            return new HashSet<>();
        }
        return new HashSet<>(jdbc.sql(parkedKeys)
                .param("projection", id.name())
                .param("version", id.version())
                .param("keys", keys.toArray(String[]::new))
                .query(String.class)
                .set());
    }

    void park(ProjectionId id, Message message, String error) {
        jdbc.sql(park)
                .param("projection", id.name())
                .param("version", id.version())
                .param("topic", message.partition().topic())
                .param("partition", message.partition().partition())
                .param("offset", message.offset())
                .param("key", message.key())
                .param("error", error.replace("\0", ""))
                .param("payload", message.value())
                .update();
    }

    void reset(ProjectionId id) {
        jdbc.sql("delete from readmodel.parked_event where projection = ? and version = ?")
                .params(id.name(), id.version())
                .update();
    }

    long count() {
        return jdbc.sql("select count(*) from readmodel.parked_event")
                .query(Long.class)
                .single();
    }
}
