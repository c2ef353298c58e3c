package io.llmplatform.proxy.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** Counters and gauges of the gateway. Tags are bounded: never an id, a model name or anything else a caller chooses. */
public final class GatewayMeters {
    private final MeterRegistry registry;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    public GatewayMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A request of the data plane came to its end. */
    public void finished(String outcome, Duration latency) {
        timers.computeIfAbsent(outcome, key -> Timer.builder("gateway.requests")
                        .tag("outcome", key)
                        .publishPercentileHistogram()
                        .register(registry))
                .record(latency);
    }

    /** A caller who could not be identified was refused. */
    public void unauthenticated(String reason) {
        count("gateway.unauthenticated", "reason", reason);
    }

    /** The journal did not take a record. */
    public void journalRefused(String reason) {
        count("gateway.journal.refused", "reason", reason);
    }

    /** An upstream attempt ended in a way that is not an answer. */
    public void upstreamFailed(String reason) {
        count("gateway.upstream.failures", "reason", reason);
    }

    /** A record of the configuration topic could not be used. */
    public void configSkipped(String reason) {
        count("gateway.config.skipped", "reason", reason);
    }

    /** Usage records the broker has acknowledged. */
    public void published(int records) {
        counters.computeIfAbsent("published", key -> registry.counter("gateway.usage.published"))
                .increment(records);
    }

    public <T> void gauge(String name, T source, ToDoubleFunction<T> value) {
        registry.gauge(name, Tags.empty(), source, value);
    }

    private void count(String name, String tag, String value) {
        counters.computeIfAbsent(name + '/' + value, key -> registry.counter(name, tag, value))
                .increment();
    }
}
