package io.llmplatform.command.publish;

import io.llmplatform.command.schedule.Periodic;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One processor, one segment: of several instances the one that holds the token publishes. */
@Configuration(proxyBeanMethods = false)
class PublisherConfiguration {
    /** For ever: the token is stored under this name. */
    static final String NAME = "domain-publisher";

    private static final int BATCH = 200;

    @Bean
    PublisherLifecycle publisherLifecycle(
            EventPublisher publisher, EventStore events, TokenStore tokens, TransactionManager transactions) {
        return new PublisherLifecycle(new Processor(TrackingEventProcessor.builder()
                .name(NAME)
                .eventHandlerInvoker(publisher)
                .messageSource(events)
                .tokenStore(tokens)
                .transactionManager(transactions)
                .trackingEventProcessorConfiguration(TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                        .andBatchSize(BATCH)
                        .andTokenClaimInterval(1, TimeUnit.SECONDS)
                        .andEventAvailabilityTimeout(500, TimeUnit.MILLISECONDS))));
    }

    /** Tries again after a second at most, where Axon would wait up to a minute. */
    private static final class Processor extends TrackingEventProcessor {
        private static final long LONGEST_PAUSE_MILLIS = 1_000;

        Processor(Builder builder) {
            super(builder);
        }

        @Override
        protected void doSleepFor(long millis) {
            super.doSleepFor(Math.min(millis, LONGEST_PAUSE_MILLIS));
        }
    }

    @Bean
    Periodic topicRepairs(TopicRepair repair) {
        return new Periodic("topic-repair", Duration.ofSeconds(15), repair::check);
    }

    /** Starts and stops the processor with the application. */
    static final class PublisherLifecycle implements SmartLifecycle {
        private final TrackingEventProcessor processor;
        private boolean wanted;

        PublisherLifecycle(TrackingEventProcessor processor) {
            this.processor = processor;
        }

        @Override
        public synchronized void start() {
            wanted = true;
            processor.start();
        }

        @Override
        public synchronized void stop() {
            wanted = false;
            processor.shutDown();
        }

        /**
         * Publishes all that is in the store again, and goes on from there.
         *
         * @return false when another instance is the one that publishes
         */
        synchronized boolean again() {
            if (!wanted) {
                return false;
            }
            processor.shutDown();
            try {
                processor.resetTokens();
                return true;
            } catch (UnableToClaimTokenException e) {
                return false;
            } finally {
                processor.start();
            }
        }

        @Override
        public boolean isRunning() {
            return processor.isRunning();
        }
    }
}
