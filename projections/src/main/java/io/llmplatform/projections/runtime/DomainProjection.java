package io.llmplatform.projections.runtime;

import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.EventHistory;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.personal.PersonKeys;
import io.llmplatform.contracts.personal.PersonalData;
import io.llmplatform.contracts.topic.Topics;

/** A projection of the domain log. */
public interface DomainProjection extends Projection<EventEnvelope> {
    @Override
    default String topic() {
        return Topics.DOMAIN;
    }

    @Override
    default EventEnvelope decode(byte[] value, PersonKeys keys) {
        var tree = ContractJson.mapper().readTree(value);
        PersonalData.open(tree, keys);
        return EventHistory.upcast(ContractJson.mapper().treeToValue(tree, EventEnvelope.class));
    }

    @Override
    default long position(EventEnvelope envelope) {
        return envelope.position();
    }
}
