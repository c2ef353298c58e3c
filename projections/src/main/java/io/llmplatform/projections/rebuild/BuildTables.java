package io.llmplatform.projections.rebuild;

import io.llmplatform.projections.runtime.BuildTable;
import io.llmplatform.projections.runtime.Projection;
import io.llmplatform.projections.runtime.Target;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes and drops the tables of builds. */
@Component
class BuildTables {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    BuildTables(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    static String[] names(Projection<?> projection) {
        return projection.tables().stream().map(BuildTable::name).toArray(String[]::new);
    }

    /** Empty tables, unless they are there already. Several instances may ask at once. */
    void ensure(Projection<?> projection, Target target) {
        transaction.executeWithoutResult(status -> {
            boolean wanted = jdbc.sql("""
                            select to_regnamespace(quote_ident(place)) is null from readmodel.projection_build
                            where projection = ? and build = ? and place = ? for update""")
                    .params(projection.id().name(), target.build(), target.schema())
                    .query(Boolean.class)
                    .optional()
                    .orElse(false);
            if (wanted) {
                jdbc.sql("select readmodel.create_build(?, ?)")
                        .params(target.schema(), names(projection))
                        .query((row, number) -> 1)
                        .single();
            }
        });
    }

    /** Takes away a build whose role is {@code dropped}, with everything that is known of it. */
    void drop(Projection<?> projection, Target target) {
        transaction.executeWithoutResult(status -> {
            boolean mine = jdbc.sql("""
                            select true from readmodel.projection_build
                            where projection = ? and build = ? and role = 'dropped' for update skip locked""")
                    .params(projection.id().name(), target.build())
                    .query(Boolean.class)
                    .optional()
                    .orElse(false);
            if (!mine) {
                return;
            }
            // Who still fills it is fenced first, and has ended its batch before its tables go.
            for (var table : new String[] {"projection_offset", "parked_event"}) {
                jdbc.sql("delete from readmodel." + table + " where projection = ? and build = ?")
                        .params(projection.id().name(), target.build())
                        .update();
            }
            jdbc.sql("drop schema if exists \"" + target.schema() + "\" cascade")
                    .update();
            projection.drop(target);
            jdbc.sql("delete from readmodel.projection_build where projection = ? and build = ?")
                    .params(projection.id().name(), target.build())
                    .update();
        });
    }
}
