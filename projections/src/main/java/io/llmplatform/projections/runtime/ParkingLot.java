package io.llmplatform.projections.runtime;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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
    Set<String> parkedKeys(Target target, Collection<String> keys) {
        // Nearly always there are none, and thousands of keys are not worth sending to learn it.
        if (!jdbc.sql("select exists(select from readmodel.parked_event where projection = ? and build = ?)")
                .params(target.projection().name(), target.build())
                .query(Boolean.class)
                .single()) {
            return new HashSet<>();
        }
        return new HashSet<>(jdbc.sql(parkedKeys)
                .param("projection", target.projection().name())
                .param("build", target.build())
                .param("keys", keys.toArray(String[]::new))
                .query(String.class)
                .set());
    }

    void park(Target target, Message message, String error) {
        jdbc.sql(park)
                .param("projection", target.projection().name())
                .param("build", target.build())
                .param("topic", message.partition().topic())
                .param("partition", message.partition().partition())
                .param("offset", message.offset())
                .param("key", message.key())
                .param("error", error.replace("\0", ""))
                .param("payload", message.value())
                .update();
    }

    /** Keys that an operator wants to be tried again. */
    List<String> wantedKeys(Target target) {
        return jdbc.sql("""
                        select key from readmodel.parked_event where projection = ? and build = ? and redrive_wanted
                        group by key order by min(id)""")
                .params(target.projection().name(), target.build())
                .query(String.class)
                .list();
    }

    /** In the order they came. */
    List<Parked> ofKey(Target target, String key) {
        return jdbc.sql("""
                        select id, payload from readmodel.parked_event where projection = ? and build = ? and key = ?
                        order by topic, partition, "offset\"""")
                .params(target.projection().name(), target.build(), key)
                .query((row, number) -> new Parked(row.getLong("id"), row.getBytes("payload")))
                .list();
    }

    void release(long id) {
        jdbc.sql("delete from readmodel.parked_event where id = ?").params(id).update();
    }

    void refusedAgain(Target target, String key, long id, String error) {
        jdbc.sql("""
                        update readmodel.parked_event set redrive_wanted = false,
                            attempts = attempts + case when id = :id then 1 else 0 end,
                            error = case when id = :id then :error else error end
                        where projection = :projection and build = :build and key = :key""")
                .param("id", id)
                .param("error", error.replace("\0", ""))
                .param("projection", target.projection().name())
                .param("build", target.build())
                .param("key", key)
                .update();
    }

    /** @param payload as it was read */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Parked(long id, byte[] payload) {}

    void reset(Target target) {
        jdbc.sql("delete from readmodel.parked_event where projection = ? and build = ?")
                .params(target.projection().name(), target.build())
                .update();
    }

    long count() {
        return jdbc.sql("select count(*) from readmodel.parked_event")
                .query(Long.class)
                .single();
    }
}
