package io.llmplatform.command.publish;

import io.llmplatform.command.eventstore.EventPositions;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * How far the publisher is. Kafka being away does not make this service unhealthy (commands go on and are published
 * later), but it shows.
 */
@Component("publisher")
class PublisherState extends AbstractHealthIndicator {
    private static final Logger log = LoggerFactory.getLogger(PublisherState.class);

    private final EventPositions positions;
    private final AtomicLong published = new AtomicLong();
    private final AtomicBoolean failing = new AtomicBoolean();

    PublisherState(EventPositions positions) {
        this.positions = positions;
    }

    void published(long position) {
        published.accumulateAndGet(position, Math::max);
        if (failing.compareAndSet(true, false)) {
            log.info("publishing to Kafka goes on");
        }
    }

    /** Everything is published once more, from the first event on. */
    void again() {
        published.set(0);
    }

    /** Position of the newest event that was published since the start, or since all are published again. */
    long published() {
        return published.get();
    }

    void failed(Exception failure) {
        if (failing.compareAndSet(false, true)) {
            var cause = failure.getCause() == null ? failure : failure.getCause();
            log.warn("events wait to be published: {}", cause.toString());
        }
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up()
                .withDetail("state", failing.get() ? "waiting for Kafka" : "publishing")
                .withDetail("published_since_start", published.get())
                .withDetail("last_position", positions.last());
    }
}
