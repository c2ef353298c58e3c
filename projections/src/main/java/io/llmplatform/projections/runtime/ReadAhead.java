package io.llmplatform.projections.runtime;

import io.llmplatform.contracts.personal.PersonKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads and decodes on a thread of its own while the batch before is applied. A batch is whatever has come meanwhile, up
 * to the projection's size: large while it catches up, small and at once when there is little. Has the consumer to itself
 * until it is closed.
 */
final class ReadAhead<E> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    /** What waits holds its bytes; thousands of large records must not fill the heap. */
    private static final long MAX_PENDING_BYTES = 16L << 20;

    private final Projection<E> projection;
    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final PersonKeys keys;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<Batch.Entry<E>> pending = new ArrayList<>();
    private long pendingBytes;
    private long lag = -1;
    private int partitionCount;
    private @Nullable Throwable failure;
    private boolean closed;

    ReadAhead(
            Projection<E> projection,
            Consumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            PersonKeys keys) {
        this.projection = projection;
        this.consumer = consumer;
        this.partitions = partitions;
        this.keys = keys;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("read-" + projection.id().name())
                .unstarted(this::read);
    }

    void start() {
        thread.start();
    }

    /**
     * What has been read; waits for the first record, but not for long.
     *
     * @throws IllegalStateException with the cause, when reading has failed
     */
    Batch<E> take() throws InterruptedException {
        lock.lock();
        try {
            long left = POLL.toNanos();
            while (pending.isEmpty() && failure == null && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (failure != null) {
                throw new IllegalStateException("reading " + projection.topic() + " failed", failure);
            }
            var batch = new Batch<>(pending, lag, partitionCount);
            pending = new ArrayList<>();
            pendingBytes = 0;
            changed.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        try {
            while (awaitRoom()) {
                var entries = new ArrayList<Batch.Entry<E>>();
                consumer.poll(POLL).forEach(record -> entries.add(decode(record)));
                add(entries, lag(), consumer.partitionsFor(projection.topic()).size());
            }
        } catch (Throwable e) {
            lock.lock();
            failure = e;
            changed.signalAll();
            lock.unlock();
        }
    }

    /** @return false when closed */
    private boolean awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && (pending.size() >= projection.batchSize() || pendingBytes >= MAX_PENDING_BYTES)) {
                changed.await();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void add(List<Batch.Entry<E>> entries, long newLag, int newPartitionCount) {
        lock.lock();
        try {
            pending.addAll(entries);
            for (var entry : entries) {
                pendingBytes += entry.message().value().length;
            }
            lag = newLag;
            partitionCount = newPartitionCount;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private long lag() {
        return partitions.stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
    }

    /**
     * Reading bytes is work in memory: whatever it throws, an I/O exception of the parser too, the record is to blame.
     * So the cause is told and not carried along.
     */
    private Batch.Entry<E> decode(ConsumerRecord<byte[], byte[]> record) {
        var message = Message.of(record);
        try {
            return new Batch.Entry<>(message, projection.decode(message.value(), keys), null);
        } catch (TransientFailure e) {
            throw e;
        } catch (RuntimeException e) {
            return new Batch.Entry<>(message, null, "not readable: " + Failures.describe(e));
        }
    }

    @Override
    public void close() {
        lock.lock();
        closed = true;
        changed.signalAll();
        lock.unlock();
        consumer.wakeup();
        try {
            if (!thread.join(Duration.ofNanos(TimeUnit.SECONDS.toNanos(8)))) {
                throw new TransientFailure("reading " + projection.topic() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
