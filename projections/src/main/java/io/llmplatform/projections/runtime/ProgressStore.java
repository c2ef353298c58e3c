package io.llmplatform.projections.runtime;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How far each projection is, for readers and operators: the live build in {@code readmodel.projection_progress}, another
 * one in its row of {@code readmodel.projection_build}.
 */
@Component
class ProgressStore {
    private final JdbcClient jdbc;
    private final String advance = SqlFile.read("progress-advance");
    private final String report = SqlFile.read("progress-report");
    private final String reportBuild = SqlFile.read("build-report");

    ProgressStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Part of a batch's transaction: readers that wait for this position see its rows. */
    void advance(Target target, long position) {
        if (target.live()) {
            jdbc.sql(advance)
                    .param("name", target.projection().name())
                    .param("version", target.projection().version())
                    .param("position", position)
                    .update();
        } else {
            jdbc.sql("""
                            update readmodel.projection_build set position = greatest(position, ?)
                            where projection = ? and build = ?""")
                    .params(position, target.projection().name(), target.build())
                    .update();
        }
    }

    /**
     * @param progress as far as it is known
     * @param detail   why it is failing; null when it is not
     */
    void report(Target target, RunState state, Progress progress, @Nullable String detail) {
        if (target.live()) {
            jdbc.sql(report)
                    .param("name", target.projection().name())
                    .param("version", target.projection().version())
                    .param("lag", progress.lag())
                    .param("state", state.wire())
                    .param("detail", detail)
                    .update();
        } else {
            jdbc.sql(reportBuild)
                    .param("projection", target.projection().name())
                    .param("build", target.build())
                    .param("place", target.schema())
                    .param("lag", progress.lag(), java.sql.Types.BIGINT)
                    .param("records", progress.records(), java.sql.Types.BIGINT)
                    .param("rate", progress.perSecond(), java.sql.Types.REAL)
                    .param("state", state.wire())
                    .param("detail", detail, java.sql.Types.VARCHAR)
                    .update();
        }
    }

    /** After a return to the beginning, readers must not be told that anything is included. */
    void reset(Target target) {
        if (target.live()) {
            jdbc.sql("update readmodel.projection_progress set position = 0 where name = ?")
                    .params(target.projection().name())
                    .update();
        } else {
            jdbc.sql("""
                            update readmodel.projection_build set position = 0, caught_up_at = null
                            where projection = ? and build = ?""").params(target.projection().name(), target.build()).update();
        }
    }
}
