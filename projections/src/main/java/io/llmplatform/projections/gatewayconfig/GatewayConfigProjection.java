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
import io.llmplatform.projections.runtime.BuildTable;
import io.llmplatform.projections.runtime.DomainProjection;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.Target;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
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

    @Override
    public List<BuildTable> tables() {
        return List.of(BuildTable.of("gateway_config"));
    }

    /** Tells everything again at every start: heals a topic that was lost or that a late writer has set back. */
    @Override
    public void begin(Target target) {
        if (target.live()) {
            topic.ensure();
            store.forEachLocked(publisher::publish);
        }
    }

    /** What the retired build told and the live one does not know is taken back; what it knows is told when it begins. */
    @Override
    public void swapped(Target retired, Target live, JdbcClient jdbc) {
        publisher.forget(store.keysOnlyIn(jdbc, retired));
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
    public void apply(Target target, List<EventEnvelope> batch) {
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
        var forgotten = changed.values().stream().anyMatch(ConfigRecord.ClosedSession.class::isInstance)
                ? store.forgetSessions(batch.getLast().at().minus(MARGIN))
                : List.<String>of();
        // A build beside the live one keeps what it knows to itself.
        if (target.live()) {
            publisher.publish(changed.values());
            publisher.forget(forgotten);
        }
    }

    private @Nullable String sealingKey(String userId) {
        return keys.find(userId).map(PersonSeal::publicKey).orElse(null);
    }
}
