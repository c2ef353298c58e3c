package io.llmplatform.command.publish;

import io.llmplatform.command.eventstore.EventPositions;
import io.llmplatform.command.publish.PublisherConfiguration.PublisherLifecycle;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps {@code domain.v1} whole, for every projection is made from its beginning. Where the topic has lost its oldest events (retention, a hand that
 * deleted, the disk of the broker), all of them are published again from the store, and then what stands before them is
 * deleted: the topic begins with the first event again and tells all in order. Consumers know by position or sequence what they
 * have had. Nothing is remembered here that must not be lost: a repair that was broken off begins anew, for the topic is still not whole.
 */
@Component
class TopicRepair {
    private static final Logger log = LoggerFactory.getLogger(TopicRepair.class);

    private final TopicHistory topic;
    private final EventPositions positions;
    private final PublisherState state;
    private final PublisherLifecycle publisher;
    private @Nullable Repair underway;

    TopicRepair(TopicHistory topic, EventPositions positions, PublisherState state, PublisherLifecycle publisher) {
        this.topic = topic;
        this.positions = positions;
        this.state = state;
        this.publisher = publisher;
    }

    /**
     * @param from the offset from which on everything is published again
     * @param upTo the newest event then
     */
    private record Repair(long from, long upTo) {}

    /** Looks, and begins or ends a repair where one is due. Not for two threads. */
    void check() {
        try {
            var first = positions.first();
            if (first.isPresent()) {
                check(first.getAsLong());
            }
        } catch (KafkaException e) {
            log.debug("whether the topic is whole is not known: {}", e.toString());
        }
    }

    private void check(long first) {
        var oldest = topic.oldest();
        if (oldest.isPresent() && oldest.getAsLong() <= first) {
            underway = null;
        } else if (underway == null) {
            begin(oldest.isPresent() ? "begins with event " + oldest.getAsLong() : "is empty");
        } else if (state.published() >= underway.upTo) {
            end(underway, first);
        }
    }

    private void begin(String finding) {
        long upTo = positions.last();
        if (publisher.again()) {
            underway = new Repair(topic.end(), upTo);
            log.warn("the topic of events {}: all up to {} are published again from the store", finding, upTo);
        }
    }

    private void end(Repair repair, long first) {
        if (topic.beginAt(repair.from, first)) {
            log.info("the topic of events is whole again");
        }
        underway = null;
    }
}
