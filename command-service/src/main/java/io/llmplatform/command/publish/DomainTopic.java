package io.llmplatform.command.publish;

import io.llmplatform.command.settings.PlatformSettings;
import io.llmplatform.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes batches to {@code domain.v1}, and the keys of persons beside them, in order and without holes. One request is in flight at a time, and a failure
 * closes the producer from within its own callback, before anything behind the failed record can be sent: were a later
 * record stored first, consumers that go by position would take the earlier one for known and drop it.
 */
@Component
class DomainTopic implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String SOON = "60000";

    private final PlatformSettings settings;
    private @Nullable Producer<String, byte[]> producer;

    DomainTopic(PlatformSettings settings) {
        this.settings = settings;
    }

    /** Starts a batch. Not thread-safe: there is one publisher. */
    Batch begin() throws PublishingFailed {
        if (producer == null) {
            createTopics();
            producer = new KafkaProducer<>(producerSettings(), new StringSerializer(), new ByteArraySerializer());
        }
        return new Batch(producer);
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    private void createTopics() throws PublishingFailed {
        createTopic(
                Topics.DOMAIN, Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1", TopicConfig.RETENTION_BYTES_CONFIG, "-1"));
        // A key that was destroyed must be gone from the log soon, not whenever there is much to gain.
        createTopic(
                Topics.PERSON_KEYS,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, SOON,
                        TopicConfig.SEGMENT_MS_CONFIG, SOON));
    }

    private void createTopic(String name, Map<String, String> configs) throws PublishingFailed {
        var topic = new NewTopic(name, 1, settings.kafkaReplicationFactor()).configs(configs);
        try (var admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafkaBootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000))) {
            var _ = admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new PublishingFailed("topic " + name + " cannot be created", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishingFailed("interrupted", e);
        }
    }

    private Map<String, Object> producerSettings() {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.kafkaBootstrapServers(),
                ProducerConfig.CLIENT_ID_CONFIG,
                "command-service",
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                1,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                3_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                3_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) TIMEOUT.toMillis());
    }

    /** Some records, sent together and done only when every one is acknowledged. */
    final class Batch {
        private final Producer<String, byte[]> sending;
        private final List<Future<?>> acknowledgements = new ArrayList<>();

        private Batch(Producer<String, byte[]> sending) {
            this.sending = sending;
        }

        /** The key under which personal data of that subject is sealed, before the first event that needs it. */
        void sendPersonKey(String subject, String wrapped) throws PublishingFailed {
            send(new ProducerRecord<>(Topics.PERSON_KEYS, subject, wrapped.getBytes(StandardCharsets.US_ASCII)));
        }

        void send(String key, byte[] value) throws PublishingFailed {
            send(new ProducerRecord<>(Topics.DOMAIN, key, value));
        }

        private void send(ProducerRecord<String, byte[]> record) throws PublishingFailed {
            try {
                acknowledgements.add(sending.send(record, (_, failure) -> {
                    if (failure != null) {
                        sending.close(Duration.ZERO);
                    }
                }));
            } catch (RuntimeException e) {
                close();
                throw new PublishingFailed("not sent", e);
            }
        }

        void awaitAcknowledgements() throws PublishingFailed {
            try {
                for (var acknowledgement : acknowledgements) {
                    acknowledgement.get(TIMEOUT.toMillis() + 1_000, TimeUnit.MILLISECONDS);
                }
            } catch (ExecutionException | TimeoutException e) {
                close();
                throw new PublishingFailed("not acknowledged", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                close();
                throw new PublishingFailed("interrupted", e);
            }
        }
    }

    /** Kafka did not take a batch; the same events are published again. */
    static final class PublishingFailed extends RuntimeException {
        PublishingFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
