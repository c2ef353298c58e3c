package io.llmplatform.command.publish;

import io.llmplatform.command.caller.CallerMetadata;
import io.llmplatform.command.personal.PersonKeyStore;
import io.llmplatform.contracts.json.ContractJson;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.serialization.Serializer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Sends the events of a batch and lets its transaction, and with it the token, commit only when Kafka has acknowledged
 * all of them. A crash in between publishes them again: at least once.
 */
@Component
class EventPublisher implements EventHandlerInvoker {
    private static final String BATCH = EventPublisher.class.getName() + ".batch";

    private final DomainTopic topic;
    private final Serializer serializer;
    private final PublisherState state;
    private final PersonKeyStore keys;

    /** Subjects whose key is on the topic, as far as this process knows. Used by the publisher's one thread. */
    private final Set<String> keysSent = new HashSet<>();

    EventPublisher(DomainTopic topic, Serializer serializer, PublisherState state, PersonKeyStore keys) {
        this.topic = topic;
        this.serializer = serializer;
        this.state = state;
        this.keys = keys;
    }

    @Override
    public boolean canHandle(EventMessage<?> event, Segment segment) {
        return true;
    }

    @Override
    public void handle(EventMessage<?> event, Segment segment) {
        try {
            var envelope = envelope(event);
            var batch = batch(envelope.position());
            // A key first: who sees an event sealed under it must find it, or know that it was destroyed.
            for (var subject : envelope.subjects()) {
                if (keysSent.add(subject)) {
                    keys.wrapped(subject).ifPresent(wrapped -> batch.sendPersonKey(subject, wrapped));
                }
            }
            batch.send(envelope.aggregateId(), ContractJson.mapper().writeValueAsBytes(envelope));
        } catch (RuntimeException e) {
            failed(e);
            throw e;
        }
    }

    /** Before everything is published again: where events are lost, keys may be too. */
    @Override
    public void performReset() {
        keysSent.clear();
        state.again();
    }

    private DomainTopic.Batch batch(long position) {
        var work = CurrentUnitOfWork.get().root();
        var batch = work.<DomainTopic.Batch>getOrComputeResource(BATCH, _ -> {
            var begun = topic.begin();
            work.onPrepareCommit(_ -> await(begun));
            return begun;
        });
        work.afterCommit(_ -> state.published(position));
        return batch;
    }

    private void await(DomainTopic.Batch batch) {
        try {
            batch.awaitAcknowledgements();
        } catch (RuntimeException e) {
            failed(e);
            throw e;
        }
    }

    private void failed(RuntimeException failure) {
        keysSent.clear();
        state.failed(failure);
    }

    private SealedEnvelope envelope(EventMessage<?> message) {
        if (!(message instanceof DomainEventMessage<?> event) || !(message instanceof TrackedEventMessage<?> tracked)) {
            throw new IllegalArgumentException("expected a stored event of an aggregate, got " + message.getClass());
        }
        // The stored JSON, not the object made from it: what is in the store is what is published.
        var data = message.serializePayload(serializer, JsonNode.class);
        return new SealedEnvelope(
                event.getIdentifier(),
                Objects.requireNonNull(tracked.trackingToken()).position().orElseThrow(),
                data.getType().getName(),
                Objects.requireNonNull(data.getType().getRevision()),
                event.getType(),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                event.getTimestamp(),
                CallerMetadata.stored(event.getMetaData()),
                data.getData());
    }
}
