package io.llmplatform.projections.rebuild;

import io.llmplatform.projections.runtime.BuildTable;
import io.llmplatform.projections.runtime.Projection;
import io.llmplatform.projections.runtime.Tally;
import io.llmplatform.projections.runtime.Target;
import io.llmplatform.projections.runtime.TransientFailure;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Two builds at one moment: their tables in a snapshot on a connection of its own. */
final class Comparison implements AutoCloseable {
    private final Connection connection;
    private final JdbcClient jdbc;
    private final Projection<?> projection;
    private final Target live;
    private final Target other;
    private final Differences outside;
    private final Comparisons comparisons;

    Comparison(
            Connection connection,
            Projection<?> projection,
            Target live,
            Target other,
            Differences outside,
            Comparisons comparisons) {
        this.connection = connection;
        this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        this.projection = projection;
        this.live = live;
        this.other = other;
        this.outside = outside;
        this.comparisons = comparisons;
    }

    void takeSnapshot() {
        // Counting may take longer than the pool allows an answer to.
        jdbc.sql("select set_config('statement_timeout', '0', true)")
                .query(String.class)
                .single();
    }

    /** @return whether the builds are equal; what differs is kept with the build */
    boolean finish() {
        var differences = outside.and(Differences.between(tallies(live), tallies(other)));
        comparisons.keep(other, differences);
        return differences.none();
    }

    private Map<String, Tally> tallies(Target target) {
        var tallies = new LinkedHashMap<String, Tally>();
        for (var table : projection.tables()) {
            if (!table.compared()) {
                continue;
            }
            jdbc.sql(statement(table, target.schema())).query(row -> {
                var day = row.getString("day");
                tallies.put(
                        table.name() + (day == null ? "" : " " + day),
                        new Tally(row.getLong("count"), checksum(row.getBigDecimal("checksum"))));
            });
        }
        return tallies;
    }

    /** Names of tables and columns are our own. The checksum of a row is that of its text, all columns in their order. */
    private static String statement(BuildTable table, String schema) {
        var day = table.time() == null
                ? "cast(null as text)"
                : "to_char(" + table.time() + " at time zone 'UTC', 'YYYY-MM-DD')";
        return """
                select %s as day, count(*) as count, sum(hashtextextended(cast(t.* as text), 0)) as checksum
                from "%s"."%s" t group by 1 order by 1""".formatted(day, schema, table.name());
    }

    private static java.math.BigInteger checksum(BigDecimal sum) {
        return sum.toBigInteger();
    }

    @Override
    public void close() {
        try (connection) {
            connection.rollback();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        } catch (SQLException e) {
            throw new TransientFailure("PostgreSQL: the connection that compared builds is gone", e);
        }
    }
}
