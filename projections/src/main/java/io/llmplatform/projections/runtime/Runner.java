package io.llmplatform.projections.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps one build of a projection going, and after any failure pauses and starts again from the stored offsets. It ends
 * only when it is told to, or when its build is no longer to be worked on.
 */
public abstract class Runner<E> implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

    protected final Projection<E> projection;
    private final RunnerContext context;
    private final Duration heartbeat;
    private final Backoff backoff;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile RunState state = RunState.STARTING;
    private volatile @Nullable String detail;
    private volatile long lag = -1;
    private volatile @Nullable Consumer<byte[], byte[]> current;
    private @Nullable Target target;
    private Instant nextHeartbeat = Instant.MIN;
    private Instant lastHeartbeat = Instant.MIN;
    private long lastRecords;

    protected Runner(Projection<E> projection, RunnerContext context, Duration heartbeat) {
        this.projection = projection;
        this.context = context;
        this.heartbeat = heartbeat;
        this.backoff = new Backoff(context.random());
    }

    /**
     * The build to work on, asked whenever work begins.
     *
     * @return null when there is none any more: the runner ends
     * @throws TransientFailure when it cannot be worked on now
     */
    protected abstract @Nullable Target target();

    /**
     * Called between batches, at every heartbeat.
     *
     * @return whether to go on; if not, work begins anew with {@link #target}
     */
    protected abstract boolean attend(Follower<E> follower) throws InterruptedException;

    @Override
    public final void run() {
        while (running()) {
            try {
                context.schema().ensure();
                target = target();
                if (target == null) {
                    return;
                }
                var name = projection.id().name() + (target.live() ? "" : "-build-" + target.build());
                try (var consumer = context.consumers().open(name, projection.fetchBytes())) {
                    current = consumer;
                    try (var follower = new Follower<>(projection, target, context, consumer)) {
                        follow(follower);
                    }
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
                    LOG.atLevel(news ? Level.WARN : Level.DEBUG).log("{}: {}; trying again", name(), what);
                    LOG.debug("{}", name(), e);
                    enter(RunState.FAILING, what);
                    report(Progress.UNKNOWN);
                    pause();
                }
            }
        }
    }

    private void follow(Follower<E> follower) throws InterruptedException {
        lastRecords = follower.records();
        lastHeartbeat = context.clock().instant();
        boolean goOn = true;
        while (goOn && running()) {
            if (follower.step()) {
                enter(RunState.RUNNING, null);
                backoff.reset();
            } else if (state != RunState.RUNNING && follower.lag() == 0) {
                enter(RunState.RUNNING, null);
            }
            var now = context.clock().instant();
            if (!now.isBefore(nextHeartbeat)) {
                nextHeartbeat = now.plus(heartbeat);
                lag = follower.lag();
                report(progress(follower, now));
                goOn = attend(follower);
            }
        }
    }

    private Progress progress(Follower<E> follower, Instant now) {
        long records = follower.records();
        double seconds = Duration.between(lastHeartbeat, now).toNanos() / 1e9;
        var rate = seconds > 0 ? (records - lastRecords) / seconds : null;
        lastRecords = records;
        lastHeartbeat = now;
        return new Progress(lag < 0 ? null : lag, records, rate);
    }

    private String name() {
        return target == null || target.live()
                ? projection.id().name()
                : projection.id().name() + " build " + target.build();
    }

    private void enter(RunState newState, @Nullable String newDetail) {
        if (state != newState) {
            LOG.info("{}: {}", name(), newState.wire());
        }
        state = newState;
        detail = newDetail;
    }

    /** Best effort, never the reason to stop. A stand-by leaves the telling to who is at work. */
    private void report(Progress progress) {
        if (state == RunState.STANDBY || target == null) {
            return;
        }
        try {
            context.progress().report(target, state, progress, detail);
        } catch (RuntimeException e) {
            LOG.debug("{}: progress not reported", name(), e);
        }
    }

    private void pause() {
        try {
            if (stopped.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("{}: stopped", name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        }
    }

    /** Ends the loop after the batch at hand. */
    public final void stop() {
        stopped.countDown();
        var consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    protected final boolean running() {
        return stopped.getCount() > 0;
    }

    final ProjectionStatus status() {
        return new ProjectionStatus(projection.id(), state, lag < 0 ? null : lag, detail);
    }
}
