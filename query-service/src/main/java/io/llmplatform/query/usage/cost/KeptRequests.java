package io.llmplatform.query.usage.cost;

import io.llmplatform.query.usage.Period;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows since when requests are kept one by one; what is older is in the roll-ups only and cannot be priced again. */
@Component
class KeptRequests {
    private final JdbcClient jdbc;

    KeptRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Null when all requests of the period are there. */
    @Nullable
    Instant since(Period period) {
        var oldest = jdbc.sql("select coalesce(min(at), :to) from readmodel.usage_request")
                .param("to", Timestamp.from(period.to()))
                .query(Timestamp.class)
                .single();
        boolean older = Objects.requireNonNull(jdbc.sql("""
                        select exists(select from readmodel.usage_hourly
                                      where hour >= date_trunc('hour', cast(:from as timestamptz), 'UTC') and hour < :to
                                        and hour < date_trunc('hour', cast(:oldest as timestamptz), 'UTC'))""")
                .param("from", Timestamp.from(period.from()))
                .param("to", Timestamp.from(period.to()))
                .param("oldest", oldest)
                .query(Boolean.class)
                .single());
        return older ? oldest.toInstant() : null;
    }
}
