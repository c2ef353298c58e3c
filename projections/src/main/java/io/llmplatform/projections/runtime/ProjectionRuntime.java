package io.llmplatform.projections.runtime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs every projection on a thread of its own, so that none waits for another's target. Not on virtual ones: all of them begin at once,
 * those that load a class hold on to their carrier, and with as many of them as carriers nobody is left to run who holds the lock.
 */
@Component
public class ProjectionRuntime implements SmartLifecycle {
    private final List<LiveRunner<?>> runners = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    ProjectionRuntime(List<Projection<?>> projections, RunnerContext context, Redrive redrive, MeterRegistry meters) {
        for (var projection : projections) {
            var runner = new LiveRunner<>(projection, context, redrive);
            runners.add(runner);
            gauge("projection.lag", runner, meters, status -> status.lag() == null ? Double.NaN : status.lag());
            gauge("projection.running", runner, meters, status -> status.state() == RunState.RUNNING ? 1 : 0);
        }
    }

    private static void gauge(
            String name,
            LiveRunner<?> runner,
            MeterRegistry meters,
            java.util.function.ToDoubleFunction<ProjectionStatus> value) {
        Gauge.builder(name, runner, r -> value.applyAsDouble(r.status()))
                .tag("projection", runner.status().id().name())
                .register(meters);
    }

    @Override
    public synchronized void start() {
        for (var runner : runners) {
            threads.add(Thread.ofPlatform()
                    .daemon()
                    .name("projection-" + runner.status().id().name())
                    .start(runner));
        }
    }

    @Override
    public synchronized void stop() {
        runners.forEach(Runner::stop);
        for (var thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(8));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        threads.clear();
    }

    @Override
    public synchronized boolean isRunning() {
        return !threads.isEmpty();
    }

    /** How each projection is doing. */
    public List<ProjectionStatus> status() {
        return runners.stream().map(Runner::status).toList();
    }
}
