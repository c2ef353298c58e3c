package io.llmplatform.projections.rebuild;

import io.llmplatform.projections.runtime.Projection;
import io.llmplatform.projections.runtime.Target;
import io.llmplatform.projections.runtime.TransientFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Compares builds, and keeps what came of it. */
@Component
class Comparisons {
    private final DataSource source;
    private final JdbcClient jdbc;
    private final Clock clock;

    Comparisons(DataSource source, JdbcClient jdbc, Clock clock) {
        this.source = source;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Begins while both stand still: counts what is outside PostgreSQL, and takes a snapshot of what is in it, so that both
     * may go on before it is finished.
     *
     * @throws TransientFailure when something that holds a part is not available
     */
    Comparison begin(Projection<?> projection, Target live, Target other) {
        var outside = Differences.between(projection.outside(live), projection.outside(other));
        try {
            var connection = source.getConnection();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            var comparison = new Comparison(connection, projection, live, other, outside, this);
            comparison.takeSnapshot();
            return comparison;
        } catch (SQLException e) {
            throw new TransientFailure("PostgreSQL: no connection to compare builds with", e);
        }
    }

    void keep(Target target, Differences differences) {
        jdbc.sql("""
                        update readmodel.projection_build set comparison = cast(? as jsonb), compare_wanted = false
                        where projection = ? and build = ?""")
                .params(differences.json(clock.instant()), target.projection().name(), target.build())
                .update();
    }

    /** It is not swapped by itself: an operator has to look. */
    void holdSwap(Target target) {
        jdbc.sql("update readmodel.projection_build set swap_when = null where projection = ? and build = ?")
                .params(target.projection().name(), target.build())
                .update();
    }
}
