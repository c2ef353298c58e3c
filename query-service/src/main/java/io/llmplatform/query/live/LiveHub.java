package io.llmplatform.query.live;

import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.log.LogRecord;
import io.llmplatform.contracts.status.GatewayStatus;
import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.contracts.usage.UsageRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Reads the tails while somebody looks, tells every second what came, and remembers the last minutes for who comes back.
 * Numbers of events begin with the time, so that a viewer may go on at another instance: it may miss what happened while it was away,
 * and never sees anything twice.
 */
@Component
class LiveHub implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LiveHub.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration LINGER = Duration.ofSeconds(30);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    /** More of them in a second are found by the audit log, or in the logs. */
    private static final int MOST_CHANGES = 50;

    private static final int MOST_LINES = 200;

    private final LiveTails tails;
    private final LiveGuests guests;
    private final Clock clock;
    private final Set<LiveViewer> viewers = new CopyOnWriteArraySet<>();
    private final LiveMemory recent = new LiveMemory();
    private long lastId;
    private long newestChange;
    private @Nullable Thread thread;
    private volatile boolean closed = true;

    LiveHub(LiveTails tails, LiveGuests guests, Clock clock) {
        this.tails = tails;
        this.guests = guests;
        this.clock = clock;
    }

    /** @param after what the viewer has seen last; null when it comes for the first time */
    synchronized void add(LiveViewer viewer, @Nullable Long after) {
        if (after != null) {
            recent.after(after).forEach(viewer::offer);
        }
        viewers.add(viewer);
        if (thread == null && !closed) {
            thread = Thread.ofVirtual().name("live").start(this::run);
        }
    }

    void remove(LiveViewer viewer) {
        viewers.remove(viewer);
    }

    private void run() {
        var alone = clock.instant();
        while (!closed) {
            try (var consumer = tails.open()) {
                var second = new LiveSecond();
                var due = clock.instant().plus(TICK);
                while (!closed) {
                    read(consumer, due, second);
                    var now = clock.instant();
                    if (!now.isBefore(due)) {
                        second.leftOut(Channel.LOG, MOST_LINES)
                                .ifPresent(lines -> publish(Channel.LOG, new LeftOut(lines)));
                        publish(Channel.TICK, second.tell(now));
                        due = due.plus(TICK).isBefore(now) ? now.plus(TICK) : due.plus(TICK);
                        guests.sendAway(viewers);
                        alone = viewers.isEmpty() ? alone : now;
                        if (now.isAfter(alone.plus(LINGER)) && rests()) {
                            return;
                        }
                    }
                }
            } catch (KafkaException e) {
                if (closed) {
                    return;
                }
                LOG.debug("live: the broker is away: {}", e.toString());
                publish(Channel.AWAY, new Away("kafka", clock.instant()));
                guests.sendAway(viewers);
                if (!pause()) {
                    return;
                }
            } catch (RuntimeException e) {
                if (closed) {
                    return;
                }
                LOG.error("live: reading the tails failed, trying again", e);
                if (!pause()) {
                    return;
                }
            }
        }
    }

    private boolean pause() {
        try {
            Thread.sleep(AFTER_FAILURE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized boolean rests() {
        if (!viewers.isEmpty()) {
            return false;
        }
        thread = null;
        return true;
    }

    private void read(Consumer<byte[], byte[]> consumer, Instant due, LiveSecond second) {
        var left = Duration.between(clock.instant(), due);
        for (var record : consumer.poll(left.isNegative() ? Duration.ZERO : left)) {
            try {
                read(record, second);
            } catch (RuntimeException e) {
                // What cannot be read is parked by the projections; there is nothing to tell of it here.
                LOG.debug("live: {}@{} is not readable", record.topic(), record.offset());
            }
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record, LiveSecond second) {
        var mapper = ContractJson.mapper();
        switch (record.topic()) {
            case Topics.USAGE -> second.add(mapper.readValue(record.value(), UsageRecord.class));
            case Topics.GATEWAY_STATUS -> second.add(mapper.readValue(record.value(), GatewayStatus.class));
            case Topics.LOGS -> {
                if (second.next(Channel.LOG) <= MOST_LINES) {
                    publish(Channel.LOG, mapper.readValue(record.value(), LogRecord.class));
                }
            }
            default -> {
                var change = mapper.readValue(record.value(), EventEnvelope.class);
                // One that is published again is no news.
                if (change.position() > newestChange && second.next(Channel.AUDIT) <= MOST_CHANGES) {
                    publish(Channel.AUDIT, LiveAudit.of(change));
                }
                newestChange = Math.max(newestChange, change.position());
            }
        }
    }

    private synchronized void publish(Channel channel, Object body) {
        lastId = Math.max(lastId + 1, clock.instant().toEpochMilli() * 1_000);
        var event = LiveEvent.of(lastId, channel, body);
        recent.add(event);
        viewers.forEach(viewer -> viewer.offer(event));
    }

    int viewers() {
        return viewers.size();
    }

    private record LeftOut(long leftOut) {}

    private record Away(String what, Instant at) {}

    @Override
    public void start() {
        closed = false;
    }

    /** Before the server waits for the requests that are under way: a stream would be waited for in vain. */
    @Override
    public void stop() {
        Thread running;
        synchronized (this) {
            closed = true;
            running = thread;
            thread = null;
        }
        viewers.forEach(LiveViewer::end);
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return !closed;
    }
}
