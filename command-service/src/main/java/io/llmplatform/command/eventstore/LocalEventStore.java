package io.llmplatform.command.eventstore;

import java.util.List;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;

/** The event store, whose readers can be woken when a transaction that Axon only joined has committed. */
public final class LocalEventStore extends EmbeddedEventStore {
    LocalEventStore(Builder builder) {
        super(builder);
    }

    /** Lets readers in this process look for new events now; without it they look after half a second. */
    public void wakeReaders() {
        afterCommit(List.of());
    }
}
