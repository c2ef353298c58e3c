package io.llmplatform.query.reading;

import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.query.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Writes to {@code reads.v1} and waits, briefly, until the broker has it. */
@Component
class ReadTopic implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(ReadTopic.class);
    /** A person waits. */
    private static final int PATIENCE_MS = 2_500;

    /** Records of some hundred bytes, each awaited. */
    private static final long BUFFER = 4L << 20;

    private final Settings.Kafka settings;
    private @Nullable Producer<String, byte[]> producer;
    private volatile boolean ensured;

    ReadTopic(Settings settings) {
        this.settings = settings.kafka();
    }

    /** @throws io.llmplatform.query.web.RefusedException 503 when it was not acknowledged in time */
    void write(String key, byte[] value) {
        try {
            producer().send(new ProducerRecord<>(Topics.READS, key, value)).get(2 * PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.warn("a read is not recorded: {}", e.toString());
            throw Recording.refusal();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Recording.refusal();
        }
    }

    /** Creates the topic unless it is known to be there. Called again and again until it is. */
    void ensure() {
        if (ensured) {
            return;
        }
        var topic = new NewTopic(Topics.READS, 1, settings.replicationFactor())
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        String.valueOf(Duration.ofDays(Topics.READS_KEPT_DAYS).toMillis())));
        try (var admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000))) {
            admin.createTopics(List.of(topic)).all().get(15, TimeUnit.SECONDS);
            ensured = true;
        } catch (ExecutionException e) {
            ensured = e.getCause() instanceof TopicExistsException;
        } catch (TimeoutException e) {
            LOG.debug("{} is not created yet", Topics.READS, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Producer<String, byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            settings.bootstrapServers(),
                            ProducerConfig.CLIENT_ID_CONFIG,
                            "query-service",
                            ProducerConfig.ACKS_CONFIG,
                            "all",
                            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                            true,
                            ProducerConfig.BUFFER_MEMORY_CONFIG,
                            BUFFER,
                            ProducerConfig.LINGER_MS_CONFIG,
                            0,
                            ProducerConfig.MAX_BLOCK_MS_CONFIG,
                            PATIENCE_MS,
                            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                            PATIENCE_MS,
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                            PATIENCE_MS),
                    new StringSerializer(),
                    new ByteArraySerializer());
        }
        return producer;
    }

    @Override
    public synchronized void destroy() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
    }
}
