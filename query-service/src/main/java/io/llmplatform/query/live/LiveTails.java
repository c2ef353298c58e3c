package io.llmplatform.query.live;

import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.query.settings.Settings;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.stereotype.Component;

/** Opens a consumer at the ends of the topics. */
@Component
class LiveTails {
    static final List<String> TOPICS = List.of(Topics.USAGE, Topics.DOMAIN, Topics.GATEWAY_STATUS, Topics.LOGS);

    private static final int PATIENCE_MS = 5_000;

    private final String bootstrapServers;

    LiveTails(Settings settings) {
        this.bootstrapServers = settings.kafka().bootstrapServers();
    }

    /**
     * Of no group: nothing is committed, nobody else is disturbed.
     *
     * @throws org.apache.kafka.common.KafkaException when the broker is away
     */
    Consumer<byte[], byte[]> open() {
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "live",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "latest",
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        PATIENCE_MS,
                        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        PATIENCE_MS,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        try {
            var there = consumer.listTopics();
            var partitions = TOPICS.stream()
                    .flatMap(topic -> there.getOrDefault(topic, List.of()).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            return consumer;
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }
}
