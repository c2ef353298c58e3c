package io.llmplatform.command.schedule;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.spring.config.SpringAxonConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Does a task every so often, with the application, and another one at the end, when no request comes in any more and
 * commands are still taken. A failure is logged and the task comes again.
 */
public final class Periodic implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Periodic.class);

    /** The web server starts after it and stops before it. */
    private static final int AFTER_AXON = SpringAxonConfiguration.LIFECYCLE_PHASE + 512;

    private final String name;
    private final Duration every;
    private final Runnable task;
    private final Runnable last;
    private @Nullable ScheduledExecutorService executor;

    public Periodic(String name, Duration every, Runnable task) {
        this(name, every, task, () -> {});
    }

    public Periodic(String name, Duration every, Runnable task, Runnable last) {
        this.name = name;
        this.every = every;
        this.task = task;
        this.last = last;
    }

    @Override
    public synchronized void start() {
        if (executor == null) {
            executor = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name(name).factory());
            var _ = executor.scheduleWithFixedDelay(
                    () -> runSafely(task), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void stop() {
        if (executor != null) {
            executor.shutdownNow();
            executor = null;
            runSafely(last);
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }

    @Override
    public int getPhase() {
        return AFTER_AXON;
    }

    private void runSafely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.warn("{} failed and is tried again: {}", name, e.toString());
        }
    }
}
