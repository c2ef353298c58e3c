package io.llmplatform.projections.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What was read since the last batch, each partition's records in order.
 *
 * @param lag        records beyond these, -1 when not known
 * @param partitions how many the topic has, 0 when not known
 */
record Batch<E>(List<Entry<E>> entries, long lag, int partitions) {
    /**
     * A record as read.
     *
     * @param record null when it is not readable
     * @param error  why it is not
     */
    record Entry<E>(
            Message message, @Nullable E record, @Nullable String error) {}

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The offset to read next of each partition that has records here. */
    Map<TopicPartition, Long> next() {
        var next = new HashMap<TopicPartition, Long>();
        for (var entry : entries) {
            next.put(entry.message().partition(), entry.message().offset() + 1);
        }
        return next;
    }

    Set<String> keys() {
        return entries.stream().map(entry -> entry.message().key()).collect(Collectors.toSet());
    }

    /** Those that are readable. */
    List<E> records() {
        return records(entries);
    }

    static <E> List<E> records(List<Entry<E>> entries) {
        return entries.stream().map(Entry::record).filter(Objects::nonNull).toList();
    }
}
