package io.llmplatform.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.command.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Trap 4: a reset stores a {@link ReplayToken}, which must be readable afterwards. */
class ReplayIT {
    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aResetProcessorReplaysFromTheStartAndGoesOnAfterwards() {
        var events = new Recorder();
        var processor = processor(events);
        try {
            processor.start();
            long last = service.bean(EventPositions.class).last();
            await().atMost(Duration.ofSeconds(20)).until(() -> events.lastPosition() == last);
            var first = List.copyOf(events.types);
            assertThat(first).contains("io.llmplatform.contracts.event.UserEvent$UserCreated");

            processor.shutDown();
            processor.resetTokens();
            assertThat(service.jdbc()
                            .queryForObject(
                                    "select token_type from events.token where processor = 'replayed'", String.class))
                    .isEqualTo(ReplayToken.class.getName());
            events.clear();
            processor.start();

            await().atMost(Duration.ofSeconds(20)).until(() -> events.lastPosition() == last);
            assertThat(events.types).isEqualTo(first);
            assertThat(events.replayed).isTrue();
            service.post("users", service.admin(), Map.of("username", "afterwards", "password", "a long password"));
            await().atMost(Duration.ofSeconds(10)).until(() -> events.types.size() == first.size() + 2);
            assertThat(processor.processingStatus().get(0).isReplaying()).isFalse();
        } finally {
            processor.shutDown();
        }
    }

    private static TrackingEventProcessor processor(EventHandlerInvoker handler) {
        return TrackingEventProcessor.builder()
                .name("replayed")
                .eventHandlerInvoker(handler)
                .messageSource(service.bean(EventStore.class))
                .tokenStore(service.bean(TokenStore.class))
                .transactionManager(service.bean(TransactionManager.class))
                .trackingEventProcessorConfiguration(TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                        .andTokenClaimInterval(200, TimeUnit.MILLISECONDS))
                .build();
    }

    private static final class Recorder implements EventHandlerInvoker {
        final List<String> types = new CopyOnWriteArrayList<>();
        volatile long last = -1;
        volatile boolean replayed;

        @Override
        public boolean canHandle(EventMessage<?> event, Segment segment) {
            return true;
        }

        @Override
        public void handle(EventMessage<?> event, Segment segment) {
            types.add(event.getPayload().getClass().getName());
            var token = ((TrackedEventMessage<?>) event).trackingToken();
            replayed |= ReplayToken.isReplay(token);
            last = token.position().orElseThrow();
        }

        @Override
        public boolean supportsReset() {
            return true;
        }

        @Override
        public void performReset() {
            clear();
        }

        long lastPosition() {
            return last;
        }

        void clear() {
            types.clear();
            last = -1;
        }
    }
}
