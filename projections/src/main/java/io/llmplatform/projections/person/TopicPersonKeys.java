package io.llmplatform.projections.person;

import io.llmplatform.contracts.personal.PersonKeyBox;
import io.llmplatform.contracts.personal.PersonKeys;
import io.llmplatform.contracts.settings.Secrets;
import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.projections.runtime.Consumers;
import io.llmplatform.projections.runtime.TransientFailure;
import io.llmplatform.projections.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The keys on {@code person-keys.v1}, read when one is asked for. A key is on the topic before the first event that needs it, so
 * one that is not there when the topic has been read to its end was destroyed.
 */
@Component
class TopicPersonKeys implements PersonKeys, DisposableBean {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.PERSON_KEYS, 0);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A key that was destroyed is forgotten here at the latest this much later. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** A tombstone is compacted away a day later: who has not looked for so long starts anew. */
    private static final Duration MEMORY = Duration.ofHours(1);

    private final Consumers consumers;
    private final PersonKeyBox box;
    private final Clock clock;
    private final Map<String, byte[]> keys = new HashMap<>();
    private @Nullable Consumer<byte[], byte[]> consumer;
    private Instant looked = Instant.MIN;

    TopicPersonKeys(Consumers consumers, Settings settings, Clock clock) {
        this.consumers = consumers;
        this.box = new PersonKeyBox(Secrets.keyBytes(settings.personalDataKey(), PersonKeyBox.PURPOSE));
        this.clock = clock;
    }

    /** @throws TransientFailure when the topic cannot be read */
    @Override
    public synchronized Optional<byte[]> find(String subject) {
        try {
            if (clock.instant().isAfter(looked.plus(MEMORY))) {
                close();
            }
            var reading = reading();
            if (!keys.containsKey(subject)) {
                readToTheEnd(reading);
            } else if (clock.instant().isAfter(looked.plus(FRESH))) {
                take(reading.poll(Duration.ZERO));
                looked = clock.instant();
            }
        } catch (KafkaException e) {
            close();
            throw new TransientFailure("the keys of persons cannot be read: " + e.getMessage(), e);
        }
        return Optional.ofNullable(keys.get(subject));
    }

    private Consumer<byte[], byte[]> reading() {
        if (consumer == null) {
            consumer = consumers.open("person-keys", 1);
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            looked = clock.instant();
        }
        return consumer;
    }

    private void readToTheEnd(Consumer<byte[], byte[]> reading) {
        long end = Objects.requireNonNull(
                reading.endOffsets(List.of(PARTITION), PATIENCE).get(PARTITION));
        var deadline = clock.instant().plus(PATIENCE);
        while (reading.position(PARTITION, PATIENCE) < end) {
            if (clock.instant().isAfter(deadline)) {
                throw new TransientFailure("the keys of persons were not read within " + PATIENCE.toSeconds() + " s");
            }
            take(reading.poll(Duration.ofMillis(100)));
        }
        looked = clock.instant();
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        records.forEach(record -> {
            var subject = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                keys.remove(subject);
            } else {
                keys.put(subject, unwrapped(new String(record.value(), StandardCharsets.US_ASCII), subject));
            }
        });
    }

    private byte[] unwrapped(String wrapped, String subject) {
        try {
            return box.unwrap(wrapped, subject);
        } catch (IllegalArgumentException e) {
            // Another PERSONAL_DATA_KEY is a mistake of the set-up: everything waits, nothing is taken for erased.
            throw new TransientFailure(
                    "the key of " + subject + " does not open: is PERSONAL_DATA_KEY the one of the command-service?",
                    e);
        }
    }

    /** Begins at the beginning next time: what was destroyed meanwhile is not in the topic any more. */
    private void close() {
        if (consumer != null) {
            consumer.close();
            consumer = null;
        }
        keys.clear();
    }

    @Override
    public synchronized void destroy() {
        close();
    }
}
