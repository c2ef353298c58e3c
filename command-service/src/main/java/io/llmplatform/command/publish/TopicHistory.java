package io.llmplatform.command.publish;

import io.llmplatform.command.settings.PlatformSettings;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.stereotype.Component;

/** How far back {@code domain.v1} reaches. Everything here throws {@link KafkaException} when the broker is away. */
@Component
class TopicHistory {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.DOMAIN, 0);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String bootstrapServers;

    TopicHistory(PlatformSettings settings) {
        this.bootstrapServers = settings.kafkaBootstrapServers();
    }

    /** Position of the oldest event that is there; empty when none is, or no topic. */
    OptionalLong oldest() {
        try (var consumer = open()) {
            if (consumer.partitionsFor(Topics.DOMAIN).isEmpty()) {
                return OptionalLong.empty();
            }
            long begin = Objects.requireNonNull(
                    consumer.beginningOffsets(List.of(PARTITION)).get(PARTITION));
            return begin == end(consumer) ? OptionalLong.empty() : positionAt(consumer, begin);
        }
    }

    /** The offset of the next record; 0 without a topic. */
    long end() {
        try (var consumer = open()) {
            return consumer.partitionsFor(Topics.DOMAIN).isEmpty() ? 0 : end(consumer);
        }
    }

    /**
     * Makes the topic begin with the record at that offset, if it is the event of that position; what comes before it is deleted.
     *
     * @return whether it is
     */
    boolean beginAt(long offset, long position) {
        try (var consumer = open()) {
            var there = positionAt(consumer, offset);
            if (there.isEmpty() || there.getAsLong() != position) {
                return false;
            }
        }
        try (var admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis()))) {
            var _ = admin.deleteRecords(Map.of(PARTITION, RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
            return true;
        } catch (ExecutionException e) {
            throw new KafkaException("records before " + offset + " cannot be deleted", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    private static long end(Consumer<byte[], byte[]> consumer) {
        return Objects.requireNonNull(consumer.endOffsets(List.of(PARTITION)).get(PARTITION));
    }

    private static OptionalLong positionAt(Consumer<byte[], byte[]> consumer, long offset) {
        consumer.seek(PARTITION, offset);
        for (var record : consumer.poll(PATIENCE)) {
            return OptionalLong.of(ContractJson.mapper()
                    .readTree(record.value())
                    .get("position")
                    .asLong());
        }
        return OptionalLong.empty();
    }

    private Consumer<byte[], byte[]> open() {
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "command-service-history",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        1,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        65_536,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        (int) PATIENCE.toMillis(),
                        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        (int) PATIENCE.toMillis()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(PARTITION));
        return consumer;
    }
}
