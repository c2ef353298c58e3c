package io.llmplatform.proxy;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.contracts.usage.UsageRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** Reads {@code usage.v1} as the projections would. */
final class UsageTopic implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMillis(20);

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<UsageRecord> seen = new ArrayList<>();

    UsageTopic(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(IntStream.range(0, Topics.USAGE_PARTITIONS)
                .mapToObj(partition -> new TopicPartition(Topics.USAGE, partition))
                .toList());
    }

    /** The record of a request, once it has come; fails when there are two. */
    synchronized UsageRecord of(String requestId) {
        Awaitility.await("usage of " + requestId)
                .atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(WAIT)
                .until(() -> !all(requestId).isEmpty());
        var found = all(requestId);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " records of " + requestId);
        }
        return found.getFirst();
    }

    /** What there is for a model, exactly so many records. */
    synchronized List<UsageRecord> ofModel(String model, int count) {
        Awaitility.await(count + " records of " + model)
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(WAIT)
                .until(() -> byModel(model).size() >= count);
        poll();
        return byModel(model);
    }

    private List<UsageRecord> byModel(String model) {
        poll();
        return seen.stream().filter(record -> model.equals(record.model())).toList();
    }

    private List<UsageRecord> all(String requestId) {
        poll();
        return seen.stream()
                .filter(record -> record.requestId().equals(requestId))
                .toList();
    }

    private void poll() {
        consumer.poll(WAIT)
                .forEach(record -> seen.add(ContractJson.mapper().readValue(record.value(), UsageRecord.class)));
    }

    @Override
    public synchronized void close() {
        consumer.close();
    }
}
