package io.llmplatform.projections.gatewayconfig;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.event.ApiKeyEvent;
import io.llmplatform.contracts.event.DomainEvent;
import io.llmplatform.contracts.event.EventCatalog;
import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.event.ProviderEvent;
import io.llmplatform.contracts.event.SessionEvent;
import io.llmplatform.contracts.event.SigningKeyRetired;
import io.llmplatform.contracts.event.TeamEvent;
import io.llmplatform.contracts.event.UserEvent;
import io.llmplatform.contracts.personal.PersonKeys;
import io.llmplatform.contracts.personal.PersonSeal;
import io.llmplatform.projections.runtime.DomainProjection;
import io.llmplatform.projections.runtime.ProjectionId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Publishes what the gateway must know. The state it folds events into is in PostgreSQL, in the transaction of the
 * offset; that transaction commits only when Kafka has acknowledged the records, so the topic is never behind it.
 */
@Component
class GatewayConfigProjection implements DomainProjection {
    private static final ProjectionId ID = new ProjectionId("gateway_config", 1);

    private static final Set<Class<? extends DomainEvent>> SHUTTING_OUT = Set.of(
            UserEvent.UserDisabled.class,
            TeamEvent.TeamDisabled.class,
            ApiKeyEvent.ApiKeyDisabled.class,
            ApiKeyEvent.ApiKeyRevoked.class,
            ApiKeyEvent.ApiKeyRotated.class,
            ProviderEvent.ProviderDisabled.class,
            ModelEvent.ModelDisabled.class,
            SessionEvent.SessionClosed.class,
            SigningKeyRetired.class);

    /** How long after its last token a closed session is still told; clocks differ. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final ConfigStore store;
    private final ConfigPublisher publisher;
    private final ConfigTopic topic;
    private final PersonKeys keys;

    GatewayConfigProjection(ConfigStore store, ConfigPublisher publisher, ConfigTopic topic, PersonKeys keys) {
        this.store = store;
        this.publisher = publisher;
        this.topic = topic;
        this.keys = keys;
    }

    @Override
    public ProjectionId id() {
        return ID;
    }

    /** Tells everything again at every start: heals a topic that was lost or that a late writer has set back. */
    @Override
    public void begin() {
        topic.ensure();
        store.forEachLocked(publisher::publish);
    }

    /**
     * What shuts somebody or something out does so even after an event that could not be read: better a state that is
     * out of order than a revoked key that goes on working.
     */
    @Override
    public boolean goesAhead(EventEnvelope envelope) {
        return EventCatalog.classOf(envelope.type())
                .filter(SHUTTING_OUT::contains)
                .isPresent();
    }

    @Override
    public void apply(List<EventEnvelope> batch) {
        var changed = new LinkedHashMap<String, ConfigRecord>();
        for (var envelope : batch) {
            var key = envelope.aggregateType() + "/" + envelope.aggregateId();
            var current = changed.containsKey(key) ? changed.get(key) : store.find(key);
            if (current != null && current.version() >= envelope.position()) {
                continue;
            }
            var next = ConfigFold.next(
                    current, envelope.position(), envelope.at(), EventCatalog.read(envelope), this::sealingKey);
            if (next != null) {
                changed.put(key, next);
            }
        }
        store.save(changed.values());
        publisher.publish(changed.values());
        if (changed.values().stream().anyMatch(ConfigRecord.ClosedSession.class::isInstance)) {
            publisher.forget(store.forgetSessions(batch.getLast().at().minus(MARGIN)));
        }
    }

    private @Nullable String sealingKey(String userId) {
        return keys.find(userId).map(PersonSeal::publicKey).orElse(null);
    }
}
