package io.llmplatform.projections.history;

import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.projections.runtime.SqlFile;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** The rows of {@code readmodel.entity_version}. */
@Component
class EntityVersions {
    private final JdbcClient jdbc;
    private final String last = SqlFile.read("entity-version-last");
    private final String add = SqlFile.read("entity-version-add");

    EntityVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<ObjectNode> last(String type, String id) {
        return jdbc.sql(last)
                .param("type", type)
                .param("id", id)
                .query(String.class)
                .optional()
                .map(text -> (ObjectNode) ContractJson.mapper().readTree(text));
    }

    /** One that is there already stays as it is. */
    void add(Collection<EntityVersion> versions) {
        for (var version : versions) {
            var event = version.event();
            var meta = event.meta();
            jdbc.sql(add)
                    .param("type", event.aggregateType())
                    .param("id", event.aggregateId())
                    .param("sequence", event.sequence())
                    .param("position", event.position())
                    .param("at", Timestamp.from(event.at()))
                    .param("event_id", event.id())
                    .param("event_type", event.type())
                    .param("actor_type", meta.actor().type())
                    .param("actor_id", meta.actor().id())
                    .param("actor_name", clear(meta.actor().name()))
                    .param("reason", meta.reason())
                    .param("request_id", meta.requestId())
                    .param("state", version.state().toString())
                    .param("changes", version.changes().toString())
                    .update();
        }
    }

    private static @Nullable String clear(@Nullable Personal personal) {
        return personal == null ? null : personal.clear();
    }
}
