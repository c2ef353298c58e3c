package io.llmplatform.command.eventstore;

import io.llmplatform.contracts.event.EventHistory;
import java.util.function.Function;
import java.util.stream.Stream;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import tools.jackson.databind.JsonNode;

/** {@link EventHistory} for Axon: what is read from the store is of today's form. */
final class HistoryUpcaster implements EventUpcaster {
    @Override
    public Stream<IntermediateEventRepresentation> upcast(Stream<IntermediateEventRepresentation> stored) {
        return stored.map(HistoryUpcaster::upcast);
    }

    private static IntermediateEventRepresentation upcast(IntermediateEventRepresentation stored) {
        var form = new EventHistory.Form(
                stored.getType().getName(), String.valueOf(stored.getType().getRevision()));
        var today = EventHistory.today(form);
        return today.equals(form)
                ? stored
                : stored.upcast(
                        new SimpleSerializedType(today.type(), today.revision()),
                        JsonNode.class,
                        data -> EventHistory.upcast(form, data),
                        Function.identity());
    }
}
