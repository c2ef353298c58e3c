package io.llmplatform.projections.rebuild;

import io.llmplatform.projections.runtime.ProjectionId;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What operators ask for, noted where those who do it look. Each answers how many rows it concerned. */
@Component
class OperationStore {
    private static final String BUILDING = " where projection = ? and role = 'building'";

    private final JdbcClient jdbc;

    OperationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether something asked for at that time was meant for a read model that is no more. */
    boolean isFromBefore(Instant at) {
        return jdbc.sql("select coalesce(min(at), 'infinity') > ? from readmodel.birth")
                .params(Timestamp.from(at))
                .query(Boolean.class)
                .single();
    }

    /** A read model whose rows were all taken away begins anew. */
    void noteBirth() {
        jdbc.sql("insert into readmodel.birth select now() where not exists (select from readmodel.birth)")
                .update();
    }

    int cancel(ProjectionId id) {
        return build("update readmodel.projection_build set role = 'dropped', state = 'dropped'", id);
    }

    int pause(ProjectionId id, boolean paused) {
        return jdbc.sql(
                        "update readmodel.projection_build set paused = ?, state = case when ? then 'paused' else 'starting' end"
                                + BUILDING)
                .params(paused, paused, id.name())
                .update();
    }

    int compare(ProjectionId id) {
        return build("update readmodel.projection_build set compare_wanted = true, comparison = null", id);
    }

    int swap(ProjectionId id, String when) {
        return jdbc.sql("update readmodel.projection_build set swap_when = ?, paused = false" + BUILDING)
                .params(when, id.name())
                .update();
    }

    private int build(String statement, ProjectionId id) {
        return jdbc.sql(statement + BUILDING).params(id.name()).update();
    }

    /** The retired build goes on from where it stopped; a build under way gives way. */
    int rollBack(ProjectionId id) {
        if (jdbc.sql("select count(*) from readmodel.projection_build where projection = ? and role = 'retired'")
                        .params(id.name())
                        .query(Long.class)
                        .single()
                == 0) {
            return 0;
        }
        cancel(id);
        return jdbc.sql("""
                        update readmodel.projection_build set role = 'building', state = 'starting', paused = false,
                            swap_when = 'anyway', caught_up_at = null, lag = null, comparison = null
                        where projection = :projection and build = (
                            select max(build) from readmodel.projection_build
                            where projection = :projection and role = 'retired')""").param("projection", id.name()).update();
    }

    /** @param recordId null for all of the live build */
    int redrive(ProjectionId id, @Nullable Long recordId) {
        return jdbc.sql("""
                        update readmodel.parked_event p set redrive_wanted = true
                        from readmodel.projection_build b
                        where b.projection = p.projection and b.build = p.build and b.role = 'live'
                          and p.projection = :projection
                          and (cast(:id as bigint) is null or p.key = (select key from readmodel.parked_event where id = :id))""")
                .param("projection", id.name())
                .param("id", recordId, java.sql.Types.BIGINT)
                .update();
    }

    int discard(ProjectionId id, long recordId) {
        return jdbc.sql("delete from readmodel.parked_event where projection = ? and id = ?")
                .params(id.name(), recordId)
                .update();
    }
}
