package io.llmplatform.bench.rebuild;

import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.contracts.usage.UsageJson;
import io.llmplatform.contracts.usage.UsageRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** {@code usage.v1}, written as the gateway's feed writes it: key = request id, JSON, acks=all. */
final class UsageTopic implements AutoCloseable {
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Instant FIRST = Instant.parse("2026-10-20T00:00:00Z");

    private final Map<String, Object> connection;
    private final KafkaProducer<String, byte[]> producer;
    private volatile boolean refused;

    UsageTopic(String bootstrapServers) {
        this.connection = Map.of("bootstrap.servers", bootstrapServers);
        var settings = new HashMap<>(connection);
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        settings.put("linger.ms", 5);
        settings.put("batch.size", 131_072);
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** Creates the topic unless it is there, as the gateway does. */
    void ensure() throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(connection)) {
            if (!admin.listTopics().names().get().contains(Topics.USAGE)) {
                var topic = new NewTopic(Topics.USAGE, Topics.USAGE_PARTITIONS, (short) 1)
                        .configs(Map.of("retention.ms", "-1"));
                admin.createTopics(List.of(topic)).all().get();
            }
        }
    }

    /** The end of each partition: with nothing ever deleted, the number of records in it. */
    Map<Integer, Long> ends() throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(connection)) {
            var wanted = new HashMap<TopicPartition, OffsetSpec>();
            for (int partition = 0; partition < Topics.USAGE_PARTITIONS; partition++) {
                wanted.put(new TopicPartition(Topics.USAGE, partition), OffsetSpec.latest());
            }
            var ends = new HashMap<Integer, Long>();
            admin.listOffsets(wanted)
                    .all()
                    .get()
                    .forEach((partition, info) -> ends.put(partition.partition(), info.offset()));
            return ends;
        }
    }

    long size() throws ExecutionException, InterruptedException {
        return ends().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Adds records, spread evenly over a month and in the order of their time. */
    void fill(long count, UsageSource source) {
        for (long i = 0; i < count; i++) {
            send(source.next(FIRST.plusNanos((MONTH.toNanos() / count * i) / 1000 * 1000)));
        }
        flush();
    }

    void send(UsageRecord record) {
        producer.send(
                new ProducerRecord<>(Topics.USAGE, record.requestId(), UsageJson.of(record)),
                (metadata, failure) -> refused |= failure != null);
    }

    /** @throws IllegalStateException when the broker did not take all of it */
    void flush() {
        producer.flush();
        if (refused) {
            throw new IllegalStateException("the broker refused records of " + Topics.USAGE);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
