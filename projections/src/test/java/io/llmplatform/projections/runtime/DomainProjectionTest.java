package io.llmplatform.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.event.EventCatalog;
import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.LoginFailed;
import io.llmplatform.contracts.personal.PersonKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DomainProjectionTest {
    /** The topic is kept for ever, and with it every form that an event ever had. */
    @Test
    void aRecordOfAFormOfThePastIsReadAsTheEventOfToday() {
        var envelope = new Nothing().decode("""
                {"id": "e1", "position": 7, "type": "login.LoginFailed", "revision": "1", "aggregate_type": "login",
                 "aggregate_id": "lgn_1", "sequence": 0, "at": "2026-11-22T20:00:00Z",
                 "meta": {"actor": {"type": "system", "id": "test"}},
                 "data": {"attempt_id": "lgn_1", "reason": "unknown_user", "unrecorded": 3}}""".getBytes(StandardCharsets.UTF_8), PersonKeys.none());

        assertThat(envelope.revision()).isEqualTo("2");
        assertThat(envelope.data().has("unrecorded")).isFalse();
        assertThat(EventCatalog.read(envelope))
                .isEqualTo(new LoginFailed("lgn_1", null, null, LoginFailed.Reason.UNKNOWN_USER, 3L));
    }

    private static final class Nothing implements DomainProjection {
        @Override
        public ProjectionId id() {
            return new ProjectionId("nothing", 1);
        }

        @Override
        public List<BuildTable> tables() {
            return List.of();
        }

        @Override
        public void apply(Target target, List<EventEnvelope> batch) {}
    }
}
