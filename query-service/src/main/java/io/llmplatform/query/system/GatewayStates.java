package io.llmplatform.query.system;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.status.GatewayStatus;
import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.query.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** What the gateways said last, which is at the end of their topic. */
@Component
class GatewayStates {
    private static final int PATIENCE_MS = 2_000;
    private static final Duration REMEMBERED = Duration.ofSeconds(3);

    /** A dozen gateways say so much in a minute. */
    private static final long BACK = 720;

    private final String bootstrapServers;
    private final Clock clock;
    private @Nullable Answer last;

    GatewayStates(Settings settings, Clock clock) {
        this.bootstrapServers = settings.kafka().bootstrapServers();
        this.clock = clock;
    }

    private record Answer(Instant at, @Nullable Collection<GatewayStatus> gateways) {}

    /**
     * The last word of each gateway, however old.
     *
     * @return null when the broker cannot be asked
     */
    synchronized @Nullable Collection<GatewayStatus> all() {
        var known = last;
        if (known == null || clock.instant().isAfter(known.at().plus(REMEMBERED))) {
            known = new Answer(clock.instant(), look());
            last = known;
        }
        return known.gateways();
    }

    private @Nullable Collection<GatewayStatus> look() {
        try (var consumer = open()) {
            var partition = new TopicPartition(Topics.GATEWAY_STATUS, 0);
            var gateways = new TreeMap<String, GatewayStatus>();
            if (!consumer.listTopics().containsKey(Topics.GATEWAY_STATUS)) {
                return gateways.values();
            }
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
            consumer.seek(partition, Math.max(begin, end - BACK));
            while (consumer.position(partition) < end) {
                var records = consumer.poll(Duration.ofMillis(PATIENCE_MS));
                if (records.isEmpty()) {
                    break;
                }
                records.forEach(record -> add(gateways, record.value()));
            }
            return gateways.values();
        } catch (KafkaException e) {
            return null;
        }
    }

    private static void add(Map<String, GatewayStatus> gateways, byte[] value) {
        try {
            var status = ContractJson.mapper().readValue(value, GatewayStatus.class);
            gateways.put(status.gateway(), status);
        } catch (JacksonException e) {
            // Not one that this version knows how to read; the next may be.
        }
    }

    private Consumer<byte[], byte[]> open() {
        return new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "system-health",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        PATIENCE_MS,
                        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        PATIENCE_MS),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
