package io.llmplatform.projections.audit;

import io.llmplatform.projections.runtime.SqlFile;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the audit projection remembers, in {@code readmodel.audit_entity}. */
@Component
class AuditEntities {
    private final JdbcClient jdbc;
    private final String find = SqlFile.read("audit-entity-find");
    private final String save = SqlFile.read("audit-entity-save");

    AuditEntities(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    AuditEntity find(String type, String id) {
        return jdbc.sql(find)
                .param("type", type)
                .param("id", id)
                .query((row, number) -> new AuditEntity(
                        type, id, row.getLong("position"), row.getString("name"), row.getString("status")))
                .optional()
                .orElseGet(() -> AuditEntity.unknown(type, id));
    }

    void save(Collection<AuditEntity> entities) {
        for (var entity : entities) {
            jdbc.sql(save)
                    .param("type", entity.type())
                    .param("id", entity.id())
                    .param("position", entity.position())
                    .param("name", entity.name())
                    .param("status", entity.status())
                    .update();
        }
    }

    void clear() {
        jdbc.sql("delete from audit_entity").update();
    }
}
