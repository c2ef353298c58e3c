package io.llmplatform.proxy.config;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.secret.SecretBox;
import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.proxy.telemetry.GatewayMeters;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the compacted configuration topic on a thread of its own: from its beginning at every start, then each change
 * within milliseconds. Nothing it meets ends it: a bad record is skipped, a broker that is away is tried again. What is
 * on the snapshot but no longer on the topic stays known: things end by a record that says so or by a tombstone.
 */
public final class ConfigFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigFollower.class);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.GATEWAY_CONFIG, 0);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CHECK = Duration.ofSeconds(1);
    private static final Duration SNAPSHOT_EVERY = Duration.ofSeconds(1);
    private static final Duration BROKER_TIMEOUT = Duration.ofSeconds(2);

    private final ConfigSettings settings;
    private final LiveConfig live;
    private final GatewayMeters meters;
    private final Clock clock;
    private final ConfigAssembler assembler;
    private final ConfigSnapshotFile file;
    private final Thread thread;
    private volatile boolean closing;
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
    private Instant startedAt = Instant.EPOCH;
    private Instant completeAt = Instant.EPOCH;
    private Instant snapshotAt = Instant.EPOCH;
    private boolean haveSnapshot;
    private boolean changed;

    public ConfigFollower(
            ConfigSettings settings, SecretBox secrets, LiveConfig live, GatewayMeters meters, Clock clock) {
        this.settings = settings;
        this.live = live;
        this.meters = meters;
        this.clock = clock;
        this.assembler = new ConfigAssembler(secrets);
        this.file = new ConfigSnapshotFile(settings.snapshotFile());
        this.thread = Thread.ofPlatform().name("config-follower").daemon().unstarted(this::run);
    }

    /** Loads the snapshot, then follows the topic in the background. */
    public void start() {
        startedAt = clock.instant();
        file.read().ifPresent(content -> {
            content.records().forEach(assembler::put);
            completeAt = content.completeAt();
            haveSnapshot = true;
            live.publish(assembler.assemble());
            live.complete(completeAt);
            LOG.info(
                    "configuration snapshot: {} records, complete at {}",
                    content.records().size(),
                    completeAt);
        });
        thread.start();
    }

    private void run() {
        while (!closing) {
            try (var fresh =
                    new KafkaConsumer<>(consumerConfig(), new StringDeserializer(), new ByteArrayDeserializer())) {
                consumer = fresh;
                follow(fresh);
            } catch (WakeupException e) {
                LOG.debug("woken up to close");
            } catch (RuntimeException e) {
                LOG.warn("configuration topic: {}; trying again", e.toString());
                idle();
                pause();
            }
        }
        saveSnapshot();
    }

    private void follow(KafkaConsumer<String, byte[]> from) {
        from.assign(List.of(PARTITION));
        boolean positioned = false;
        Instant checkedAt = Instant.EPOCH;
        while (!closing) {
            try {
                if (!positioned) {
                    positioned = begin(from);
                }
                boolean any = positioned && apply(from.poll(POLL));
                if (positioned
                        && (!any || Duration.between(checkedAt, clock.instant()).compareTo(CHECK) > 0)) {
                    checkedAt = clock.instant();
                    check(from);
                }
            } catch (WakeupException e) {
                throw e;
            } catch (KafkaException e) {
                LOG.debug("broker away: {}", e.toString());
                pause();
            }
            idle();
        }
    }

    /** @return false while the topic is not there yet */
    private boolean begin(KafkaConsumer<String, byte[]> from) {
        if (!from.listTopics(BROKER_TIMEOUT).containsKey(Topics.GATEWAY_CONFIG)) {
            LOG.debug("topic {} is not there yet", Topics.GATEWAY_CONFIG);
            pause();
            return false;
        }
        from.seekToBeginning(List.of(PARTITION));
        return true;
    }

    private boolean apply(Iterable<ConsumerRecord<String, byte[]>> records) {
        boolean any = false;
        boolean effect = false;
        for (var record : records) {
            any = true;
            effect |= apply(record);
        }
        if (effect) {
            live.publish(assembler.assemble());
            changed = true;
        }
        return any;
    }

    private boolean apply(ConsumerRecord<String, byte[]> record) {
        try {
            if (record.key() == null) {
                throw new IllegalArgumentException("no key");
            }
            if (record.value() == null) {
                return assembler.remove(record.key());
            }
            var value = ContractJson.mapper().readValue(record.value(), ConfigRecord.class);
            if (!value.key().equals(record.key())) {
                throw new IllegalArgumentException("value belongs to " + value.key());
            }
            return assembler.put(value);
        } catch (RuntimeException e) {
            meters.configSkipped("bad_record");
            LOG.error(
                    "configuration record {} at offset {} cannot be used, skipped: {}",
                    record.key(),
                    record.offset(),
                    e.getClass().getSimpleName());
            return false;
        }
    }

    private void check(KafkaConsumer<String, byte[]> from) {
        long end = from.endOffsets(List.of(PARTITION), BROKER_TIMEOUT).getOrDefault(PARTITION, 0L);
        if (from.position(PARTITION, BROKER_TIMEOUT) < end) {
            return;
        }
        completeAt = clock.instant();
        live.complete(completeAt);
        if (!live.ready()) {
            LOG.info(
                    "configuration: {} entries, caught up with {}",
                    live.current().size(),
                    Topics.GATEWAY_CONFIG);
            live.serve();
        }
    }

    /** What is due whether or not the broker answers. */
    private void idle() {
        var now = clock.instant();
        if (!live.ready() && haveSnapshot && Duration.between(startedAt, now).compareTo(settings.brokerWait()) > 0) {
            LOG.warn("configuration topic not reached: serving from the snapshot of {}", completeAt);
            live.serve();
        }
        if (changed && Duration.between(snapshotAt, now).compareTo(SNAPSHOT_EVERY) >= 0) {
            saveSnapshot();
        }
    }

    private void saveSnapshot() {
        if (!changed) {
            return;
        }
        var now = clock.instant();
        snapshotAt = now;
        try {
            file.write(assembler.records(), completeAt, now);
            changed = false;
        } catch (IOException e) {
            LOG.error("configuration snapshot not written: {}", e.toString());
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(250);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> consumerConfig() {
        var config = new HashMap<String, Object>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 250);
        config.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) BROKER_TIMEOUT.toMillis());
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) BROKER_TIMEOUT.toMillis());
        return config;
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        var open = consumer;
        if (open != null) {
            open.wakeup();
        }
        thread.join(TimeUnit.SECONDS.toMillis(5));
    }
}
