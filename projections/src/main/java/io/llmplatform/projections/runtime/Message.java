package io.llmplatform.projections.runtime;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A record as read.
 *
 * @param key what order is kept by; a record without one has a key of its own, since nothing follows it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Message(TopicPartition partition, long offset, String key, byte[] value) {
    static Message of(ConsumerRecord<byte[], byte[]> record) {
        var partition = new TopicPartition(record.topic(), record.partition());
        var key = record.key() == null
                ? partition + "@" + record.offset()
                : new String(record.key(), StandardCharsets.UTF_8).replace("\0", "");
        return new Message(partition, record.offset(), key, record.value() == null ? new byte[0] : record.value());
    }
}
