package io.llmplatform.projections.runtime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A record as read.
 *
 * @param key what order is kept by; a record without one has a key of its own, since nothing follows it. A long one is
 *            told by its hash, since an index of PostgreSQL holds no more than a third of a page
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Message(TopicPartition partition, long offset, String key, byte[] value) {
    private static final int LONGEST_KEY = 200;

    static Message of(ConsumerRecord<byte[], byte[]> record) {
        var partition = new TopicPartition(record.topic(), record.partition());
        var key = record.key() == null
                ? partition + "@" + record.offset()
                : bounded(new String(record.key(), StandardCharsets.UTF_8).replace("\0", ""));
        return new Message(partition, record.offset(), key, record.value() == null ? new byte[0] : record.value());
    }

    private static String bounded(String key) {
        if (key.length() <= LONGEST_KEY) {
            return key;
        }
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
