package io.llmplatform.query.usage.request;

import io.llmplatform.contracts.usage.RequestKey;
import io.llmplatform.query.usage.UsageFilter;
import io.llmplatform.query.web.Instants;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which single requests.
 *
 * @param billedModel the model that answered, by whose prices it was billed: the fallback where there was one
 * @param from        inclusive; absent = from the first on
 * @param to          exclusive; absent = up to the last
 */
record RequestFilter(
        UsageFilter usage,
        @Nullable String requestId,
        @Nullable Integer status,
        @Nullable String billedModel,
        @Nullable Instant from,
        @Nullable Instant to) {

    static RequestFilter of(
            UsageFilter usage,
            @Nullable String requestId,
            @Nullable Integer status,
            @Nullable String billedModel,
            @Nullable String from,
            @Nullable String to) {
        return new RequestFilter(
                usage,
                requestId,
                status,
                billedModel,
                from == null ? null : Instants.parse(from),
                to == null ? null : Instants.parse(to));
    }

    JdbcClient.StatementSpec bind(JdbcClient.StatementSpec sql) {
        return usage.bind(sql)
                .param("request_key", requestId == null ? null : RequestKey.of(requestId), Types.OTHER)
                .param("status", status, Types.INTEGER)
                .param("billed_model", billedModel)
                .param("from", from == null ? null : from.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("to", to == null ? null : to.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
    }
}
