package io.llmplatform.projections.session;

import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.SessionEvent;
import io.llmplatform.projections.runtime.EntityProjection;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.SqlFile;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps {@code readmodel.closed_session}. Only closed sessions are kept, and only while a token of theirs may come: a token
 * of a session that nobody has closed is good by itself, also when this is behind.
 */
@Component
class ClosedSessionProjection extends EntityProjection<SessionEvent> {
    /** Clocks differ. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final String closed = SqlFile.read("session-closed");
    private final String forget = SqlFile.read("session-forget");

    ClosedSessionProjection(JdbcClient jdbc) {
        super(new ProjectionId("closed_sessions", 1), "session", SessionEvent.class, jdbc, "closed_session");
    }

    @Override
    protected void apply(EventEnvelope envelope, SessionEvent event) {
        if (event instanceof SessionEvent.SessionClosed(var id, var userId, var ignored, var tokensExpireAt)) {
            jdbc.sql(closed)
                    .param("id", id)
                    .param("user_id", userId)
                    .param("tokens_expire_at", Timestamp.from(tokensExpireAt))
                    .update();
            forget(envelope.at());
        }
    }

    /** By the time of the events, so that the same events give the same rows. */
    private void forget(Instant now) {
        jdbc.sql(forget).param("before", Timestamp.from(now.minus(MARGIN))).update();
    }
}
