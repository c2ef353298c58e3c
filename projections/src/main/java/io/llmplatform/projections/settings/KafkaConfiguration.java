package io.llmplatform.projections.settings;

import io.llmplatform.projections.runtime.Consumers;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Kafka clients. Consumers belong to no group: offsets live in PostgreSQL (see RATIONALE.md). */
@Configuration(proxyBeanMethods = false)
class KafkaConfiguration {
    @Bean
    Consumers consumers(Settings settings) {
        return (name, bytes) -> {
            var config = new HashMap<>(consumerConfig(settings, name));
            config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, bytes);
            // The default wait of 500 ms is for a silent topic; with bytes to gather it would be a delay.
            config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, bytes > 1 ? 100 : 500);
            return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        };
    }

    private static Map<String, Object> consumerConfig(Settings settings, String name) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.kafka().bootstrapServers(),
                ConsumerConfig.CLIENT_ID_CONFIG,
                name + "-" + UUID.randomUUID().toString().substring(0, 8),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                // Only when the stored offset is gone (retention, recreated topic): whatever is left is read
                // again.
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                500,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                10_000,
                ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                20_000);
    }

    @Bean(destroyMethod = "close")
    Producer<String, byte[]> producer(Settings settings) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        settings.kafka().bootstrapServers(),
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        5_000,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        4_000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        8_000,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
