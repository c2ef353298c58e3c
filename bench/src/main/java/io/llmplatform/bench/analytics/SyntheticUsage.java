package io.llmplatform.bench.analytics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;

/** Makes usage day by day, straight into the tables of the projection, with the roll-ups that follow from it. */
final class SyntheticUsage {
    private final Connection connection;

    SyntheticUsage(Connection connection) {
        this.connection = connection;
    }

    /** Takes away what there is. */
    void empty() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("""
                    truncate readmodel.usage_request, readmodel.usage_series, readmodel.usage_hourly, readmodel.usage_hourly_histogram,
                        readmodel.usage_day, readmodel.usage_daily, readmodel.usage_daily_by, readmodel.usage_hourly_by""");
        }
    }

    /** All of it at once, as the projection does: a day that is added up meanwhile is opened again. */
    void day(LocalDate day, int requests) throws SQLException {
        connection.setAutoCommit(false);
        try (var open = connection.prepareStatement(
                "select readmodel.ensure_usage_partition(d), readmodel.lock_usage_days(array[d], false) from cast(? as date) as d")) {
            open.setDate(1, Date.valueOf(day));
            open.execute();
        }
        try (var reopen = connection.prepareStatement("delete from readmodel.usage_day where day = ?");
                var rows = connection.prepareStatement(sql("rows"))) {
            reopen.setDate(1, Date.valueOf(day));
            reopen.executeUpdate();
            rows.setDate(1, Date.valueOf(day));
            rows.setInt(2, requests);
            rows.setInt(3, requests);
            rows.setInt(4, requests);
            rows.executeUpdate();
        }
        for (var file : new String[] {"series", "hours"}) {
            try (var statement = connection.prepareStatement(sql(file))) {
                statement.setTimestamp(1, Timestamp.from(start(day)));
                statement.setTimestamp(2, Timestamp.from(start(day.plusDays(1))));
                statement.executeUpdate();
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    /** How many days are added up by now; the projections do that by themselves. */
    long daysAddedUp() throws SQLException {
        return number("select count(*) from readmodel.usage_day");
    }

    void analyze() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "vacuum (analyze) readmodel.usage_request, readmodel.usage_series, readmodel.usage_hourly,"
                            + " readmodel.usage_hourly_histogram, readmodel.usage_day, readmodel.usage_daily, readmodel.usage_daily_by,"
                            + " readmodel.usage_hourly_by");
        }
    }

    /** Of a table with its indexes, or of all its partitions. */
    long bytes(String table) throws SQLException {
        return number("select coalesce(sum(pg_total_relation_size(relid)), pg_total_relation_size('readmodel." + table
                + "')) from pg_partition_tree('readmodel." + table + "')");
    }

    /** Of the same without indexes. */
    long bytesOfRows(String table) throws SQLException {
        return number("select sum(pg_table_size(relid)) from pg_partition_tree('readmodel." + table + "')");
    }

    long rows() throws SQLException {
        return number("select count(*) from readmodel.usage_request");
    }

    private long number(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static String sql(String name) {
        try (var in =
                Objects.requireNonNull(SyntheticUsage.class.getResourceAsStream("/analytics/" + name + ".sql"), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
