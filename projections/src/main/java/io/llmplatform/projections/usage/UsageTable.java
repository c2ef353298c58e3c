package io.llmplatform.projections.usage;

import io.llmplatform.contracts.usage.UsageRecord;
import io.llmplatform.projections.runtime.SqlFile;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLState;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rows, one per request. A batch goes in by COPY, all of it or nothing; where a record of it is already there, it goes
 * in by way of a temporary table, which leaves out what is there and tells what was new.
 */
final class UsageTable {
    private static final int CHUNK = 1 << 16;

    /** What makes two records the same. */
    private record Key(UUID request, Instant at) {
        static Key of(Numbered numbered) {
            return new Key(numbered.key(), Micros.rounded(numbered.record().at()));
        }
    }

    private final JdbcTemplate jdbc;
    private final String copy = SqlFile.read("usage-copy");
    private final String createIncoming = SqlFile.read("usage-incoming");
    private final String insertNew = SqlFile.read("usage-insert-new");
    /** Duplicates come in swarms (a feed begins again), and a COPY that fails is lost work. */
    private volatile boolean duplicatesAbout;

    UsageTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Each record once, by time as ids are too: entries then go to the end of an index, not all over its last pages. */
    static List<Numbered> distinct(List<UsageRecord> records) {
        return byKey(Numbered.all(records)).values().stream()
                .sorted(Comparator.comparing((Numbered each) -> each.record().at())
                        .thenComparing(each -> each.record().requestId()))
                .toList();
    }

    private static Map<Key, Numbered> byKey(List<Numbered> records) {
        var byKey = new HashMap<Key, Numbered>(records.size() * 2);
        records.forEach(record -> byKey.putIfAbsent(Key.of(record), record));
        return byKey;
    }

    /**
     * @param records distinct ones
     * @return those that were not there yet; the same list when that is all of them
     */
    List<Numbered> insert(List<Numbered> records) {
        ensurePartitions(records);
        ConnectionCallback<List<Numbered>> insert = connection -> {
            if (!duplicatesAbout && copied(connection, records)) {
                return records;
            }
            var fresh = insertNew(connection, byKey(records));
            duplicatesAbout = fresh.size() < records.size();
            return fresh;
        };
        return Objects.requireNonNull(jdbc.execute(insert));
    }

    private void ensurePartitions(List<Numbered> records) {
        var months = records.stream()
                .map(each -> LocalDate.ofInstant(Micros.rounded(each.record().at()), ZoneOffset.UTC)
                        .withDayOfMonth(1))
                .collect(Collectors.toSet());
        for (var month : months) {
            jdbc.query("select readmodel.ensure_usage_partition(?)", row -> {}, month);
        }
    }

    /** @return false when one of them is already there, and nothing was written */
    private boolean copied(Connection connection, Collection<Numbered> records) throws SQLException {
        var before = connection.setSavepoint();
        try {
            copy(connection, "usage_request", records);
        } catch (SQLException e) {
            if (!PSQLState.UNIQUE_VIOLATION.getState().equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback(before);
            return false;
        }
        connection.releaseSavepoint(before);
        return true;
    }

    private List<Numbered> insertNew(Connection connection, Map<Key, Numbered> records) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(createIncoming);
            copy(connection, "usage_incoming", records.values());
            var fresh = new ArrayList<Numbered>();
            try (var row = statement.executeQuery(insertNew)) {
                while (row.next()) {
                    var key = new Key(row.getObject(1, UUID.class), Micros.instant(row.getLong(2)));
                    fresh.add(Objects.requireNonNull(records.get(key), "a row that was not sent"));
                }
            }
            return fresh;
        }
    }

    private void copy(Connection connection, String table, Collection<Numbered> records) throws SQLException {
        var in = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy.replace(":table", table));
        try {
            var lines = new CopyLines();
            for (var record : records) {
                lines.add(record);
                if (lines.length() > CHUNK) {
                    send(in, lines);
                }
            }
            send(in, lines);
            in.endCopy();
        } finally {
            if (in.isActive()) {
                in.cancelCopy();
            }
        }
    }

    private static void send(org.postgresql.copy.CopyIn in, CopyLines lines) throws SQLException {
        var bytes = lines.take().getBytes(StandardCharsets.UTF_8);
        in.writeToCopy(bytes, 0, bytes.length);
    }
}
