package io.llmplatform.projections.rebuild;

import io.llmplatform.projections.runtime.BuildStore;
import io.llmplatform.projections.runtime.Follower;
import io.llmplatform.projections.runtime.Projection;
import io.llmplatform.projections.runtime.SqlFile;
import io.llmplatform.projections.runtime.Target;
import io.llmplatform.projections.runtime.TransientFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/**
 * A moment in which the live build stands still, on a connection of its own, and another build has applied exactly what it
 * has. The one that holds is waited for by the next batch of the live build, so it is short.
 */
final class LiveHold implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /** Below PostgreSQL's deadlock_timeout of 1 s: who waits for readers gives up first, and none of them. */
    private static final int LOCK_TIMEOUT_MILLIS = 700;

    /** Makes them. */
    @Component
    static class Factory {
        private final DataSource source;
        private final BuildStore builds;
        private final String swapRows = SqlFile.read("build-swap");

        Factory(DataSource source, BuildStore builds) {
            this.source = source;
            this.builds = builds;
        }

        /** @throws TransientFailure when the live build cannot be held, or the other cannot get as far */
        <E> LiveHold hold(Projection<E> projection, Follower<E> other) throws InterruptedException {
            var target = builds.live(projection.id()).target();
            var hold = new LiveHold(target, open(), swapRows);
            try {
                hold.letPass(other);
                other.catchUpTo(hold.lock());
                return hold;
            } catch (Throwable e) {
                hold.close();
                throw e;
            }
        }

        private Connection open() {
            try {
                var connection = source.getConnection();
                connection.setAutoCommit(false);
                return connection;
            } catch (SQLException e) {
                throw new TransientFailure("PostgreSQL: no connection to hold the live build with", e);
            }
        }
    }

    private final Target target;
    private final Connection connection;
    private final JdbcClient jdbc;
    private final String swapRows;

    private LiveHold(Target target, Connection connection, String swapRows) {
        this.target = target;
        this.connection = connection;
        this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        this.swapRows = swapRows;
    }

    /** The live build. */
    Target target() {
        return target;
    }

    /** The other one stands still in our thread: the live one gets as far or farther, or there is nothing to get to. */
    private void letPass(Follower<?> other) throws InterruptedException {
        var end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (other.isBeyond(offsets(""))) {
            rollback();
            if (System.nanoTime() > end) {
                throw new TransientFailure("the live build is behind the one beside it");
            }
            Thread.sleep(20);
        }
        rollback();
    }

    private Map<TopicPartition, Long> lock() {
        return offsets(" order by topic, partition for update");
    }

    private Map<TopicPartition, Long> offsets(String suffix) {
        var offsets = new HashMap<TopicPartition, Long>();
        jdbc.sql("""
                        select topic, partition, next_offset from readmodel.projection_offset
                        where projection = ? and build = ? and place = ?""" + suffix)
                .params(target.projection().name(), target.build(), target.schema())
                .query(row -> {
                    offsets.put(
                            new TopicPartition(row.getString("topic"), row.getInt("partition")),
                            row.getLong("next_offset"));
                });
        return offsets;
    }

    /** Makes the other build, which has been brought as far, the live one. */
    void swap(Projection<?> projection, Target other) {
        try {
            jdbc.sql("set local lock_timeout = " + LOCK_TIMEOUT_MILLIS).update();
            var retired = new Target(projection.id(), target.build(), schemaOf(projection, target.build()));
            var live = new Target(projection.id(), other.build(), target.schema());
            jdbc.sql("select readmodel.swap_build(?, ?, ?)")
                    .params(BuildTables.names(projection), other.schema(), retired.schema())
                    .query((row, number) -> 1)
                    .single();
            jdbc.sql(swapRows)
                    .param("projection", projection.id().name())
                    .param("live", live.build())
                    .param("live_place", live.schema())
                    .param("retired", retired.build())
                    .param("retired_place", retired.schema())
                    .query(Integer.class)
                    .single();
            // Apart from the other rows, and after them: there is one live build at any time.
            jdbc.sql("""
                            update readmodel.projection_build set role = 'live', place = ?, swap_when = null,
                                compare_wanted = false, swapped_at = now() where projection = ? and build = ?""")
                    .params(live.schema(), projection.id().name(), live.build())
                    .update();
            projection.swapped(retired, live, jdbc);
            connection.commit();
        } catch (DataAccessException | SQLException e) {
            throw new TransientFailure("PostgreSQL: the builds could not be swapped now", e);
        }
    }

    static String schemaOf(Projection<?> projection, int build) {
        return "build_" + projection.id().name() + "_" + build;
    }

    /** The live build goes on. */
    void release() {
        rollback();
    }

    private void rollback() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new TransientFailure("PostgreSQL: the connection that held the live build is gone", e);
        }
    }

    @Override
    public void close() {
        try (connection) {
            connection.rollback();
        } catch (SQLException e) {
            throw new TransientFailure("PostgreSQL: the connection that held the live build is gone", e);
        }
    }
}
