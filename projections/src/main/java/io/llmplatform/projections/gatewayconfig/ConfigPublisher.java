package io.llmplatform.projections.gatewayconfig;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.projections.runtime.TransientFailure;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.stereotype.Component;

/** Writes records to {@code gateway.config.v1} and waits until the broker has them. */
@Component
class ConfigPublisher {
    /** Above the producer's own delivery timeout, so that a record is either acknowledged or given up, never both. */
    private static final long WAIT_SECONDS = 15;

    private final Producer<String, byte[]> producer;

    ConfigPublisher(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /** @throws TransientFailure unless every record was acknowledged */
    void publish(Collection<ConfigRecord> records) {
        send(records.stream()
                .map(record -> new ProducerRecord<>(
                        Topics.GATEWAY_CONFIG,
                        record.key(),
                        ContractJson.mapper().writeValueAsBytes(record)))
                .toList());
    }

    /**
     * Tombstones: nobody needs to know these any more.
     *
     * @throws TransientFailure unless every one was acknowledged
     */
    void forget(Collection<String> keys) {
        send(keys.stream()
                .map(key -> new ProducerRecord<String, byte[]>(Topics.GATEWAY_CONFIG, key, null))
                .toList());
    }

    private void send(List<ProducerRecord<String, byte[]>> records) {
        try {
            var sent = records.stream().map(producer::send).toList();
            for (var each : sent) {
                each.get(WAIT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new TransientFailure("kafka: " + Topics.GATEWAY_CONFIG + " was not acknowledged", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientFailure("interrupted", e);
        }
    }
}
