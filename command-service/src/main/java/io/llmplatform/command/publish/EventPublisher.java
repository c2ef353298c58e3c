package io.llmplatform.command.publish;

import io.llmplatform.command.caller.CallerMetadata;
import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.json.ContractJson;
import java.util.Objects;
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

    EventPublisher(DomainTopic topic, Serializer serializer, PublisherState state) {
        this.topic = topic;
        this.serializer = serializer;
        this.state = state;
    }

    @Override
    public boolean canHandle(EventMessage<?> event, Segment segment) {
        return true;
    }

    @Override
    public void handle(EventMessage<?> event, Segment segment) {
        try {
            var envelope = envelope(event);
            batch(envelope.position())
                    .send(envelope.aggregateId(), ContractJson.mapper().writeValueAsBytes(envelope));
        } catch (RuntimeException e) {
            state.failed(e);
            throw e;
        }
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
            state.failed(e);
            throw e;
        }
    }

    private EventEnvelope envelope(EventMessage<?> message) {
        if (!(message instanceof DomainEventMessage<?> event) || !(message instanceof TrackedEventMessage<?> tracked)) {
            throw new IllegalArgumentException("expected a stored event of an aggregate, got " + message.getClass());
        }
        // The stored JSON, not the object made from it: what is in the store is what is published.
        var data = message.serializePayload(serializer, JsonNode.class);
        return new EventEnvelope(
                event.getIdentifier(),
                Objects.requireNonNull(tracked.trackingToken()).position().orElseThrow(),
                data.getType().getName(),
                Objects.requireNonNull(data.getType().getRevision()),
                event.getType(),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                event.getTimestamp(),
                CallerMetadata.read(event.getMetaData()),
                data.getData());
    }
}
