package io.llmplatform.query.usage;

import io.llmplatform.query.access.Person;
import io.llmplatform.query.page.Cursor;
import io.llmplatform.query.page.Page;
import io.llmplatform.query.web.Instants;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Single requests, newest first. */
@Component
class UsageRequests {
    private final JdbcClient jdbc;
    private final String find = SqlFile.read("usage-requests");

    UsageRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Page<UsageRequest> find(
            UsageFilter filter,
            Person person,
            @Nullable String requestId,
            @Nullable Integer status,
            @Nullable String from,
            @Nullable String to,
            int limit,
            @Nullable String cursor) {
        var before = Cursor.decode(cursor);
        var rows = filter.bind(jdbc.sql(find))
                .param("request_id", requestId)
                .param("status", status, Types.INTEGER)
                .param("from", timestamp(from), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("to", timestamp(to), Types.TIMESTAMP_WITH_TIMEZONE)
                .param(
                        "before_at",
                        before == null ? null : before.at().atOffset(ZoneOffset.UTC),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param("before_id", before == null ? null : before.id())
                .param("limit", limit + 1)
                .query((row, number) -> UsageRequest.read(row, person.seesEverything()))
                .list();
        return rows.size() > limit
                ? new Page<>(
                        rows.subList(0, limit), rows.get(limit - 1).cursor().encode())
                : new Page<>(rows, null);
    }

    private static @Nullable OffsetDateTime timestamp(@Nullable String text) {
        return text == null ? null : Instants.parse(text).atOffset(ZoneOffset.UTC);
    }
}
