package io.llmplatform.proxy.feed;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.status.GatewayStatus;
import io.llmplatform.contracts.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once a second how the gateway does. Nobody depends on it: what cannot be told now is not told later. */
public final class StatusBeacon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusBeacon.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final String KEPT_MS = "600000";
    private static final int TIMEOUT_MS = 2_000;

    private final FeedSettings settings;
    private final Supplier<GatewayStatus> status;
    private final Thread thread;
    private volatile boolean closing;

    public StatusBeacon(FeedSettings settings, Supplier<GatewayStatus> status) {
        this.settings = settings;
        this.status = status;
        this.thread = Thread.ofPlatform().name("status-beacon").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (!closing) {
            try {
                ensureTopic();
                tell();
            } catch (KafkaException | ExecutionException e) {
                LOG.debug("status is not told: {}", e.toString());
                LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void ensureTopic() throws ExecutionException, InterruptedException {
        var topic = new NewTopic(Topics.GATEWAY_STATUS, 1, settings.replicationFactor())
                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, KEPT_MS, TopicConfig.SEGMENT_MS_CONFIG, KEPT_MS));
        try (var admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                TIMEOUT_MS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                TIMEOUT_MS))) {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private void tell() throws InterruptedException {
        try (var producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        settings.bootstrapServers(),
                        ProducerConfig.ACKS_CONFIG,
                        "0",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        false,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        TIMEOUT_MS,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        1L << 20,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        0),
                new StringSerializer(),
                new ByteArraySerializer())) {
            while (!closing) {
                var now = status.get();
                producer.send(new ProducerRecord<>(
                        Topics.GATEWAY_STATUS,
                        now.gateway(),
                        ContractJson.mapper().writeValueAsBytes(now)));
                Thread.sleep(EVERY);
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
    }
}
