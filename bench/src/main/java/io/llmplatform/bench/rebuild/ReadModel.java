package io.llmplatform.bench.rebuild;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the usage projections have made in PostgreSQL, and how far they are. */
record ReadModel(Connection connection) {
    private static final String TABLES = "readmodel.usage_request, readmodel.usage_series, readmodel.usage_hourly,"
            + " readmodel.usage_manner, readmodel.usage_origin, readmodel.api_key_last_used, readmodel.usage_minutes,"
            + " readmodel.usage_minutely_by, readmodel.usage_hourly_by,"
            + " readmodel.usage_hourly_priced, readmodel.usage_day, readmodel.usage_daily, readmodel.usage_daily_histogram,"
            + " readmodel.usage_daily_by, readmodel.usage_daily_by_histogram, readmodel.usage_month, readmodel.usage_monthly,"
            + " readmodel.usage_monthly_histogram, readmodel.usage_monthly_by, readmodel.usage_monthly_by_histogram";

    /** The tables empty, the offsets of a projection at zero; there is no rebuild command yet (projections are stopped). */
    void empty() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("truncate " + TABLES);
        }
    }

    /** @param offsets by partition */
    void seek(String projection, Map<Integer, Long> offsets) throws SQLException {
        try (var statement = connection.prepareStatement(
                "update readmodel.projection_offset set next_offset = ? where projection = ? and partition = ?")) {
            for (var each : offsets.entrySet()) {
                statement.setLong(1, each.getValue());
                statement.setString(2, projection);
                statement.setInt(3, each.getKey());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Records applied so far, of both projections of usage. */
    Map<String, Long> progress() throws SQLException {
        return numbers("select projection, sum(next_offset) from readmodel.projection_offset"
                + " where projection in ('usage', 'request_search') group by projection");
    }

    /** Rows of each table that grows with usage. */
    Map<String, Long> rows() throws SQLException {
        return numbers("""
                select 'usage_request', count(*) from readmodel.usage_request
                union all select 'usage_hourly', count(*) from readmodel.usage_hourly
                union all select 'usage_series', count(*) from readmodel.usage_series
                union all select 'usage_manner', count(*) from readmodel.usage_manner
                union all select 'usage_origin', count(*) from readmodel.usage_origin
                union all select 'counted in usage_hourly', coalesce(sum(requests), 0) from readmodel.usage_hourly""");
    }

    /** Bytes of each, with indexes. */
    Map<String, Long> bytes() throws SQLException {
        return numbers("""
                select 'usage_request', sum(pg_total_relation_size(relid)) from pg_partition_tree('readmodel.usage_request')
                union all
                select 'usage_request without indexes', sum(pg_table_size(relid)) from pg_partition_tree('readmodel.usage_request')
                union all select 'usage_hourly', pg_total_relation_size('readmodel.usage_hourly')
                union all select 'usage_manner', pg_total_relation_size('readmodel.usage_manner')
                union all select 'usage_origin', pg_total_relation_size('readmodel.usage_origin')
                union all select 'usage_series', pg_total_relation_size('readmodel.usage_series')""");
    }

    private Map<String, Long> numbers(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            var numbers = new LinkedHashMap<String, Long>();
            while (row.next()) {
                numbers.put(row.getString(1), row.getLong(2));
            }
            return numbers;
        }
    }
}
