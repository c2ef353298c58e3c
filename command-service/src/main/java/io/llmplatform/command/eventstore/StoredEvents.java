package io.llmplatform.command.eventstore;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;

/** What is stored, committed or not, while some work is done on this thread. */
public final class StoredEvents {
    private static final ScopedValue<StoredEvents> CURRENT = ScopedValue.newInstance();

    private final List<DomainEventMessage<?>> events = new ArrayList<>();

    /** Does the work and notes the events it stores. */
    public void during(Work work) throws Exception {
        Callable<Boolean> noted = () -> {
            work.run();
            return true;
        };
        var _ = ScopedValue.where(CURRENT, this).call(noted::call);
    }

    /** In the order in which they were stored. */
    public List<DomainEventMessage<?>> list() {
        return List.copyOf(events);
    }

    static void note(List<? extends EventMessage<?>> stored) {
        if (CURRENT.isBound()) {
            for (var event : stored) {
                if (event instanceof DomainEventMessage<?> domainEvent) {
                    CURRENT.get().events.add(domainEvent);
                }
            }
        }
    }

    /** Something that may fail. */
    public interface Work {
        void run() throws Exception;
    }
}
