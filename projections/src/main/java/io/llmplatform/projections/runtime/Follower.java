package io.llmplatform.projections.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings one build up to its topic, from the stored offsets on. For one thread; closed and opened anew after a failure.
 *
 * @param <E> what a record of the topic holds
 */
public final class Follower<E> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    /** So many batches without a record that is waited for: ten seconds and more. */
    private static final int PATIENCE = 20;

    private final Projection<E> projection;
    private final Target target;
    private final RunnerContext context;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> next;
    /** Where the topic begins, added up; above 0 when the oldest records are gone. */
    private final long beginning;

    private final ReadAhead<E> ahead;
    /** Read, but beyond where it was told to stop. */
    private List<Batch.Entry<E>> held = List.of();

    private long lag = -1;

    Follower(Projection<E> projection, Target target, RunnerContext context, Consumer<byte[], byte[]> consumer) {
        this.projection = projection;
        this.target = target;
        this.context = context;
        this.partitions = partitions(consumer);
        boolean lost = projection.lost(target);
        if (lost) {
            resetToZero();
        }
        projection.begin(target);
        if (lost) {
            LOG.info(
                    "{}: its target was made anew, reading from the beginning",
                    projection.id().name());
        }
        this.next = context.offsets().load(target, partitions);
        consumer.assign(partitions);
        this.beginning = consumer.beginningOffsets(partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        next.forEach(consumer::seek);
        this.ahead = new ReadAhead<>(projection, consumer, partitions, context.keys());
        ahead.start();
    }

    private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
        var infos = consumer.partitionsFor(projection.topic());
        if (infos == null || infos.isEmpty()) {
            throw new TransientFailure("topic " + projection.topic() + " is not there yet");
        }
        return infos.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private void resetToZero() {
        new TransactionTemplate(context.transactions()).executeWithoutResult(status -> {
            context.builds().enter(target);
            context.offsets().reset(target);
            context.progress().reset(target);
            context.parking().reset(target);
            projection.reset(target);
        });
    }

    public Target target() {
        return target;
    }

    /** Records not yet applied, as of the last step; -1 when not known. */
    public long lag() {
        return lag;
    }

    /** Records behind, from the beginning of the topic. */
    public long records() {
        return Math.max(0, next.values().stream().mapToLong(Long::longValue).sum() - beginning);
    }

    /** Whether the topic no longer has its oldest records. */
    public boolean historyIsCut() {
        return beginning > 0;
    }

    /**
     * Applies what has come, or waits for it, but not for long.
     *
     * @return whether anything was applied
     */
    public boolean step() throws InterruptedException {
        var batch = take();
        if (!batch.isEmpty()) {
            context.applier().apply(projection, target, next, batch);
        }
        lag = batch.lag();
        if (batch.partitions() != 0 && batch.partitions() != partitions.size()) {
            throw new TransientFailure("topic " + projection.topic() + " has new partitions");
        }
        return !batch.isEmpty();
    }

    private Batch<E> take() throws InterruptedException {
        if (held.isEmpty()) {
            return ahead.take();
        }
        var batch = new Batch<>(held, lag, 0);
        held = List.of();
        return batch;
    }

    /** Whether it has applied more than that, of any partition. */
    public boolean isBeyond(Map<TopicPartition, Long> offsets) {
        return next.entrySet().stream().anyMatch(at -> at.getValue() > offsets.getOrDefault(at.getKey(), 0L));
    }

    /**
     * Applies exactly what is before those offsets. Only when it is not beyond them.
     *
     * @throws TransientFailure when the records do not come
     */
    public void catchUpTo(Map<TopicPartition, Long> offsets) throws InterruptedException {
        var later = new ArrayList<Batch.Entry<E>>();
        int idle = 0;
        while (next.entrySet().stream().anyMatch(at -> at.getValue() < offsets.getOrDefault(at.getKey(), 0L))) {
            var due = new ArrayList<Batch.Entry<E>>();
            for (var entry : take().entries()) {
                boolean before = entry.message().offset()
                        < offsets.getOrDefault(entry.message().partition(), 0L);
                (before ? due : later).add(entry);
            }
            if (!due.isEmpty()) {
                context.applier().apply(projection, target, next, new Batch<>(due, lag, 0));
                idle = 0;
            } else if (++idle > PATIENCE) {
                throw new TransientFailure("what the live build has applied could not be read");
            }
        }
        held = later;
    }

    @Override
    public void close() {
        ahead.close();
    }
}
