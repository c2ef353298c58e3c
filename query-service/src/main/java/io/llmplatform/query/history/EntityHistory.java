package io.llmplatform.query.history;

import io.llmplatform.query.sql.SqlFile;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What every entity was, by place in the log. */
@Component
class EntityHistory {
    private final JdbcClient jdbc;
    private final String at = SqlFile.read("entities-at");
    private final String keys = SqlFile.read("keys-at");
    private final String timeline = SqlFile.read("entity-timeline");
    private final String changed = SqlFile.read("entities-changed");
    private final String changes = SqlFile.read("entity-changes");

    EntityHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<StateRow> find(String type, String id, long position) {
        return find(type, List.of(id), position).stream().findFirst();
    }

    /** Those of them that were there. */
    List<StateRow> find(String type, Collection<String> ids, long position) {
        return ids.isEmpty() ? List.of() : all(List.of(type), ids, position);
    }

    /** All that there were of these types. */
    List<StateRow> all(List<String> types, long position) {
        return all(types, null, position);
    }

    private List<StateRow> all(List<String> types, @Nullable Collection<String> ids, long position) {
        return jdbc.sql(at)
                .param("types", types.toArray(String[]::new), Types.ARRAY)
                .param("ids", ids == null ? null : ids.toArray(String[]::new), Types.ARRAY)
                .param("position", position)
                .query(StateRow::read)
                .list();
    }

    /** API keys in the order of their ids, from that one on. */
    List<StateRow> keys(String first, @Nullable String id, @Nullable String userId, long position, int limit) {
        return jdbc.sql(keys)
                .param("first", first)
                .param("id", id)
                .param("user_id", userId)
                .param("position", position)
                .param("limit", limit)
                .query(StateRow::read)
                .list();
    }

    /** Its versions before that one, newest first. */
    List<StateRow> timeline(String type, String id, long before, int limit) {
        return jdbc.sql(timeline)
                .param("type", type)
                .param("id", id)
                .param("before", before)
                .param("limit", limit)
                .query(StateRow::read)
                .list();
    }

    /** What was changed behind one place up to another, after that entity. */
    List<EntityId> changed(long after, long until, EntityId last, int limit) {
        return jdbc.sql(changed)
                .param("after", after)
                .param("until", until)
                .param("type", last.type())
                .param("id", last.id())
                .param("limit", limit)
                .query((row, number) -> new EntityId(row.getString("entity_type"), row.getString("entity_id")))
                .list();
    }

    /** The versions of one in between, oldest first. */
    List<StateRow> changes(EntityId entity, long after, long until, int limit) {
        return jdbc.sql(changes)
                .param("type", entity.type())
                .param("id", entity.id())
                .param("after", after)
                .param("until", until)
                .param("limit", limit)
                .query(StateRow::read)
                .list();
    }

    record EntityId(String type, String id) {}
}
