package io.llmplatform.projections.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps one projection going: reads from the stored offsets, and after any failure pauses and starts again from the
 * stored offsets. It ends only when it is told to.
 */
final class ProjectionRunner<E> implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectionRunner.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private final Projection<E> projection;
    private final RunnerContext context;
    private final Backoff backoff;
    private final Clock clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile RunState state = RunState.STARTING;
    private volatile @Nullable String detail;
    private volatile long lag = -1;
    private volatile @Nullable Consumer<byte[], byte[]> current;
    private Instant nextHeartbeat = Instant.MIN;

    ProjectionRunner(Projection<E> projection, RunnerContext context, Clock clock, RandomGenerator random) {
        this.projection = projection;
        this.context = context;
        this.clock = clock;
        this.backoff = new Backoff(random);
    }

    @Override
    public void run() {
        while (running()) {
            try {
                context.schema().ensure();
                try (var consumer = context.consumers().open(projection.id().name(), projection.fetchBytes())) {
                    current = consumer;
                    follow(consumer);
                }
            } catch (FencedException e) {
                LOG.info("{}", e.getMessage());
                enter(RunState.STANDBY, null);
                pause();
            } catch (Throwable e) {
                if (running()) {
                    var what = Failures.describe(e);
                    // An outage is told once, not at every attempt.
                    boolean news = state != RunState.FAILING || !what.equals(detail);
                    LOG.atLevel(news ? Level.WARN : Level.DEBUG)
                            .log("{}: {}; trying again", projection.id().name(), what);
                    LOG.debug("{}", projection.id().name(), e);
                    enter(RunState.FAILING, what);
                    report();
                    pause();
                }
            }
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        var partitions = partitions(consumer);
        boolean lost = projection.lost();
        if (lost) {
            resetToZero();
        }
        projection.begin();
        if (lost) {
            LOG.info(
                    "{}: its target was made anew, reading from the beginning",
                    projection.id().name());
        }
        Map<TopicPartition, Long> next = context.offsets().load(projection.id(), partitions);
        consumer.assign(partitions);
        next.forEach(consumer::seek);
        try (var ahead = new ReadAhead<>(projection, consumer, partitions, context.keys())) {
            ahead.start();
            while (running()) {
                var batch = ahead.take();
                if (!batch.isEmpty()) {
                    context.applier().apply(projection, next, batch);
                    enter(RunState.RUNNING, null);
                    backoff.reset();
                } else if (state != RunState.RUNNING && batch.lag() == 0) {
                    enter(RunState.RUNNING, null);
                }
                heartbeat(batch, partitions.size());
            }
        }
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
            context.offsets().reset(projection.id());
            context.progress().reset(projection.id());
            context.parking().reset(projection.id());
            projection.reset();
        });
    }

    private void heartbeat(Batch<E> batch, int partitions) {
        var now = clock.instant();
        if (now.isBefore(nextHeartbeat)) {
            return;
        }
        nextHeartbeat = now.plus(HEARTBEAT);
        lag = batch.lag();
        if (batch.partitions() != 0 && batch.partitions() != partitions) {
            throw new TransientFailure("topic " + projection.topic() + " has new partitions");
        }
        report();
    }

    private void enter(RunState newState, @Nullable String newDetail) {
        if (state != newState) {
            LOG.info("{}: {}", projection.id().name(), newState.wire());
        }
        state = newState;
        detail = newDetail;
    }

    /** Best effort, never the reason to stop. A stand-by leaves the telling to who is at work. */
    private void report() {
        if (state == RunState.STANDBY) {
            return;
        }
        try {
            context.progress().report(projection.id(), state, lag < 0 ? null : lag, detail);
        } catch (RuntimeException e) {
            LOG.debug("{}: progress not reported", projection.id().name(), e);
        }
    }

    private void pause() {
        try {
            if (stopped.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("{}: stopped", projection.id().name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        }
    }

    /** Ends the loop after the batch at hand. */
    void stop() {
        stopped.countDown();
        var consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private boolean running() {
        return stopped.getCount() > 0;
    }

    ProjectionStatus status() {
        return new ProjectionStatus(projection.id(), state, lag < 0 ? null : lag, detail);
    }
}
