package io.llmplatform.projections.runtime;

import org.apache.kafka.clients.consumer.Consumer;

/** Makes Kafka consumers for the runners. */
@FunctionalInterface
public interface Consumers {
    /**
     * @param name  of the projection that reads with it, for the broker's logs and metrics
     * @param bytes that the broker shall gather before it answers, for a tenth of a second at most
     */
    Consumer<byte[], byte[]> open(String name, int bytes);
}
