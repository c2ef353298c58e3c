package io.llmplatform.command.eventstore;

import io.llmplatform.command.start.StartTask;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.springframework.stereotype.Component;

/**
 * Ends the start when Axon fell back to a default that loses events or atomicity. Spring Boot's and Axon's
 * auto-configurations are not ordered for each other, and the fall-backs are silent.
 */
@Component
class WriteSideGuard implements StartTask {
    private final Configuration axon;

    WriteSideGuard(Configuration axon) {
        this.axon = axon;
    }

    @Override
    public int order() {
        return CHECK;
    }

    @Override
    public void run() {
        check(axon.getComponent(TransactionManager.class), axon.eventBus());
        check("general", axon.serializer());
        check("message", axon.messageSerializer());
        check("event", axon.eventSerializer());
    }

    static void check(TransactionManager transactions, EventBus bus) {
        if (transactions instanceof NoTransactionManager) {
            throw new IllegalStateException("Axon runs without transactions (NoTransactionManager);"
                    + " expected a SpringTransactionManager: events, names and credentials would not be atomic");
        }
        if (!(bus instanceof EventStore)) {
            throw new IllegalStateException("Axon's event bus is a "
                    + bus.getClass().getName() + "; expected an EventStore: events would not be stored");
        }
    }

    static void check(String use, Serializer serializer) {
        if (!(serializer instanceof EventSerializer)) {
            throw new IllegalStateException("Axon's " + use + " serializer is a "
                    + serializer.getClass().getName() + "; expected " + EventSerializer.class.getName());
        }
    }
}
