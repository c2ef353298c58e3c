package io.llmplatform.logs;

import io.llmplatform.contracts.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** {@code logs.v1}. For one thread; {@link #isWell} and callbacks are safe from any. */
final class LogTopic implements AutoCloseable {
    static final String OWN_THREADS = "log-shipping";
    private static final String CLIENT = OWN_THREADS;
    private static final int TIMEOUT_MS = 5_000;
    private static final long BUFFER = 8L << 20;
    private static final String MOST_BYTES = String.valueOf(4L << 30);

    private final String bootstrapServers;
    private final short replicationFactor;
    private @Nullable Producer<String, byte[]> producer;
    private volatile boolean well;

    LogTopic(String bootstrapServers, short replicationFactor) {
        this.bootstrapServers = bootstrapServers;
        this.replicationFactor = replicationFactor;
    }

    /** Threads of the shipper and of its clients. */
    static boolean isOwnThread(String name) {
        return name.startsWith(OWN_THREADS) || name.endsWith(" | " + CLIENT);
    }

    /** @throws KafkaException when the broker is away */
    void ensure() throws InterruptedException {
        if (producer != null) {
            return;
        }
        var topic = new NewTopic(Topics.LOGS, 1, replicationFactor)
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        String.valueOf(Duration.ofDays(Topics.LOGS_KEPT_DAYS).toMillis()),
                        TopicConfig.RETENTION_BYTES_CONFIG,
                        MOST_BYTES));
        try (var admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.CLIENT_ID_CONFIG,
                CLIENT,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                TIMEOUT_MS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                TIMEOUT_MS))) {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException(e.getCause());
            }
        }
        producer = open();
    }

    private Producer<String, byte[]> open() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        CLIENT,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        100,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        BUFFER,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        TIMEOUT_MS,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        TIMEOUT_MS,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        2 * TIMEOUT_MS),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** @throws KafkaException when the broker is away and no more can wait for it */
    void send(String key, byte[] value, Runnable refused) {
        var open = producer;
        if (open == null) {
            throw new KafkaException("the topic is not ready");
        }
        open.send(new ProducerRecord<>(Topics.LOGS, key, value), (metadata, failure) -> {
            well = failure == null;
            if (failure != null) {
                refused.run();
            }
        });
    }

    /** Whether the broker took the last record that it answered for. */
    boolean isWell() {
        return well;
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
    }
}
