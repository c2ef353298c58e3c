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
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Makes usage day by day, straight into the tables of the projection, with the roll-ups that follow from it. */
final class SyntheticUsage {
    static final List<String> TABLES = List.of(
            "usage_request",
            "usage_series",
            "usage_manner",
            "usage_origin",
            "usage_hourly",
            "usage_minutely_by",
            "usage_hourly_by",
            "usage_hourly_priced",
            "usage_daily",
            "usage_daily_histogram",
            "usage_daily_by",
            "usage_daily_by_histogram",
            "usage_monthly",
            "usage_monthly_histogram",
            "usage_monthly_by",
            "usage_monthly_by_histogram",
            "usage_day",
            "usage_month",
            "usage_minutes");

    private final Connection connection;

    SyntheticUsage(Connection connection) {
        this.connection = connection;
    }

    /** Takes away what there is. */
    void empty() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("truncate " + tables());
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
        try (var reopen = connection.prepareStatement(
                        "with month as (delete from readmodel.usage_month"
                                + " where month = date_trunc('month', cast(? as date))) delete from readmodel.usage_day where day = ?");
                var dice = connection.prepareStatement(sql("dice"));
                var statement = connection.createStatement()) {
            reopen.setDate(1, Date.valueOf(day));
            reopen.setDate(2, Date.valueOf(day));
            reopen.executeUpdate();
            statement.execute(sql("tables"));
            dice.setDate(1, Date.valueOf(day));
            dice.setInt(2, requests);
            dice.setInt(3, requests);
            dice.setInt(4, requests);
            dice.executeUpdate();
            for (var file : new String[] {"series", "manners", "origins"}) {
                statement.executeUpdate(sql(file));
            }
            statement.execute("analyze dice, dice_series, dice_manner, dice_origin");
            statement.executeUpdate(sql("rows"));
        }
        try (var hours = connection.prepareStatement(sql("hours"))) {
            hours.setTimestamp(1, Timestamp.from(start(day)));
            hours.setTimestamp(2, Timestamp.from(start(day.plusDays(1))));
            hours.executeUpdate();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    /** How many days are added up by now; the projections do that by themselves. */
    long daysAddedUp() throws SQLException {
        return number("select count(*) from readmodel.usage_day");
    }

    long monthsAddedUp() throws SQLException {
        return number("select count(*) from readmodel.usage_month");
    }

    void analyze() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("vacuum (analyze) " + tables());
        }
    }

    private static String tables() {
        return TABLES.stream().map("readmodel."::concat).collect(Collectors.joining(", "));
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
