package io.llmplatform.query.usage.request;

import io.llmplatform.contracts.usage.RequestKey;
import io.llmplatform.query.access.Person;
import io.llmplatform.query.page.Cursor;
import io.llmplatform.query.page.Page;
import io.llmplatform.query.sql.SqlFile;
import java.sql.Types;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Single requests, newest first. */
@Component
class UsageRequests {
    private final JdbcClient jdbc;
    private final String all = SqlFile.read("usage-requests");
    private final String ofSeries = SqlFile.read("usage-requests-of-series");

    UsageRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Page<UsageRequest> find(RequestFilter filter, Person person, int limit, @Nullable String cursor) {
        var before = Cursor.decode(cursor);
        var rows = filter.bind(jdbc.sql(filter.usage().everything() ? all : ofSeries))
                .param(
                        "before_at",
                        before == null ? null : before.at().atOffset(ZoneOffset.UTC),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param("before_key", before == null ? null : RequestKey.of(before.id()), Types.OTHER)
                .param("limit", limit + 1)
                .query((row, number) -> UsageRequest.read(row, person.seesEverything()))
                .list();
        return rows.size() > limit
                ? new Page<>(
                        rows.subList(0, limit), rows.get(limit - 1).cursor().encode())
                : new Page<>(rows, null);
    }
}
