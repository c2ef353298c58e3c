package io.llmplatform.query.live;

import io.llmplatform.contracts.event.EventEnvelope;
import java.time.Instant;

/** {@code LiveAudit} of the management API: that something was changed; who by name and how is for the audit log to tell. */
record LiveAudit(
        String id, Instant at, String type, String entityType, String entityId, String actorType, String actorId) {
    static LiveAudit of(EventEnvelope envelope) {
        var actor = envelope.meta().actor();
        return new LiveAudit(
                envelope.id(),
                envelope.at(),
                envelope.type(),
                envelope.aggregateType(),
                envelope.aggregateId(),
                actor.type(),
                actor.id());
    }
}
