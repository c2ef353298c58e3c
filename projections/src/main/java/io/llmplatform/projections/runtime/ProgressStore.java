package io.llmplatform.projections.runtime;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far each projection is, for readers and operators, in {@code readmodel.projection_progress}. */
@Component
class ProgressStore {
    private final JdbcClient jdbc;
    private final String advance = SqlFile.read("progress-advance");
    private final String report = SqlFile.read("progress-report");

    ProgressStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Part of a batch's transaction: readers that wait for this position see its rows. */
    void advance(ProjectionId id, long position) {
        jdbc.sql(advance)
                .param("name", id.name())
                .param("version", id.version())
                .param("position", position)
                .update();
    }

    /** @param lag records not yet applied; null when it is not known */
    void report(ProjectionId id, RunState state, @Nullable Long lag, @Nullable String detail) {
        jdbc.sql(report)
                .param("name", id.name())
                .param("version", id.version())
                .param("lag", lag)
                .param("state", state.wire())
                .param("detail", detail)
                .update();
    }

    /** After a return to the beginning, readers must not be told that anything is included. */
    void reset(ProjectionId id) {
        jdbc.sql("update readmodel.projection_progress set position = 0 where name = ? and version = ?")
                .params(id.name(), id.version())
                .update();
    }
}
