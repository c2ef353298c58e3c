package io.llmplatform.query.usage.request;

import io.llmplatform.contracts.policy.TokenCounts;
import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.RequestKey;
import io.llmplatform.query.access.Person;
import io.llmplatform.query.sql.SqlFile;
import io.llmplatform.query.usage.UsageFilter;
import io.llmplatform.query.usage.cost.RequestPrices;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Looks one request up, with its prices. */
@Component
class UsageRequestDetails {
    private static final String FREE_ENDPOINT = "messages.count_tokens";

    private final JdbcClient jdbc;
    private final RequestPrices prices;
    private final String find = SqlFile.read("usage-request");

    UsageRequestDetails(JdbcClient jdbc, RequestPrices prices) {
        this.jdbc = jdbc;
        this.prices = prices;
    }

    private record Row(
            UsageRequest request,
            String gateway,
            @Nullable String ip,
            @Nullable String userAgent) {
        static Row read(ResultSet row, boolean upstream) throws SQLException {
            return new Row(
                    UsageRequest.read(row, upstream),
                    row.getString("gateway"),
                    row.getString("ip"),
                    row.getString("user_agent"));
        }
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Optional<UsageRequestDetail> find(UsageFilter filter, Person person, String id) {
        boolean all = person.seesEverything();
        return filter
                .bind(jdbc.sql(find))
                .param("request_key", RequestKey.of(id))
                .query((row, number) -> Row.read(row, all))
                .list()
                .stream()
                .findFirst()
                .map(row -> detail(row, all));
    }

    private UsageRequestDetail detail(Row row, boolean all) {
        var request = row.request();
        var end = request.at().plusMillis(request.latencyMs());
        boolean answered = !request.endpoint().equals(FREE_ENDPOINT)
                && (request.outcome().equals(Outcome.COMPLETED.wire()) || request.completionTokens() > 0);
        var priced = prices.of(new RequestPrices.Asked(
                request.servedModel() == null ? request.model() : request.servedModel(),
                request.at(),
                end,
                Boolean.TRUE.equals(request.cacheHit()),
                answered,
                new TokenCounts(
                        request.promptTokens(),
                        request.completionTokens(),
                        request.cachedTokens(),
                        request.reasoningTokens()),
                request.cost(),
                request.currency()));
        return new UsageRequestDetail(
                request,
                request.ttftMs() == null ? null : request.at().plusMillis(request.ttftMs()),
                end,
                all ? row.gateway() : null,
                all ? row.ip() : null,
                all ? row.userAgent() : null,
                priced);
    }
}
