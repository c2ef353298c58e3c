package io.llmplatform.query.audit;

import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * How far the audit documents are behind what the projections of PostgreSQL have got of the log. Positions are given without gaps but
 * for transactions that failed, so their difference is the number of events, or a little more.
 */
@Component
class AuditLag {
    private static final String WAITING = """
            select greatest(0, max(position) - max(position) filter (where name = 'audit'))
            from readmodel.projection_progress having count(*) filter (where name = 'audit') = 1""";

    private final JdbcClient jdbc;

    AuditLag(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Events that cannot be found yet; nothing when that cannot be told. */
    Optional<Long> events() {
        try {
            return jdbc.sql(WAITING).query(Long.class).optional();
        } catch (DataAccessException | TransactionException e) {
            return Optional.empty();
        }
    }

    /** For the end of a sentence. */
    String told() {
        return events().map(waiting -> waiting == 0
                        ? "; no event waits for it yet, and what happens meanwhile will be in it later"
                        : "; the audit log is " + waiting + (waiting == 1 ? " event" : " events")
                                + " behind, and makes up for that when it is back")
                .orElse("");
    }
}
