package io.llmplatform.projections.rebuild;

import io.llmplatform.projections.runtime.BuildStore;
import io.llmplatform.projections.runtime.Projection;
import io.llmplatform.projections.runtime.RunnerContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Sees to it, every second, that builds that are to be filled are filled, and that what is to go goes. */
@Component
class BuildSupervisor implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(BuildSupervisor.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private record Work(BuildRunner<?> runner, Thread thread) {}

    private final List<Projection<?>> projections;
    private final RunnerContext context;
    private final BuildStore builds;
    private final BuildTables tables;
    private final Comparisons comparisons;
    private final LiveHold.Factory live;
    private final Map<String, Work> work = new HashMap<>();
    private @Nullable ScheduledExecutorService executor;

    BuildSupervisor(
            List<Projection<?>> projections,
            RunnerContext context,
            BuildStore builds,
            BuildTables tables,
            Comparisons comparisons,
            LiveHold.Factory live) {
        this.projections = List.copyOf(projections);
        this.context = context;
        this.builds = builds;
        this.tables = tables;
        this.comparisons = comparisons;
        this.live = live;
    }

    private void look() {
        try {
            var building = builds.building();
            for (var projection : projections) {
                if (building.contains(projection.id().name())) {
                    fill(projection);
                }
            }
            builds.retire();
            for (var projection : projections) {
                builds.dropped(projection.id()).forEach(target -> tables.drop(projection, target));
            }
        } catch (RuntimeException e) {
            // PostgreSQL is away, or the schema not yet there; health says so.
            LOG.debug("builds were not looked after: {}", e.toString());
        }
    }

    private synchronized void fill(Projection<?> projection) {
        var name = projection.id().name();
        var at = work.get(name);
        if (executor != null && (at == null || !at.thread().isAlive())) {
            var runner = new BuildRunner<>(projection, context, builds, tables, comparisons, live);
            work.put(
                    name,
                    new Work(
                            runner,
                            Thread.ofPlatform().daemon().name("build-" + name).start(runner)));
        }
    }

    @Override
    public synchronized void start() {
        if (executor == null) {
            executor = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("builds").daemon().factory());
            executor.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void stop() {
        synchronized (this) {
            if (executor == null) {
                return;
            }
            executor.shutdownNow();
            executor = null;
            work.values().forEach(each -> each.runner().stop());
        }
        for (var each : work.values()) {
            try {
                each.thread().join(TimeUnit.SECONDS.toMillis(8));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        work.clear();
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }
}
