package io.llmplatform.proxy.telemetry;

import io.llmplatform.contracts.usage.UsageRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Counters and gauges of the gateway. Tags are bounded: never an id, a model name or anything else a caller chooses. */
public final class GatewayMeters {
    private final MeterRegistry registry;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, Counter> tokens = new ConcurrentHashMap<>();
    private final List<Runnable> refreshed = new CopyOnWriteArrayList<>();
    private final Map<Timed, Timer> timers = new ConcurrentHashMap<>();

    private record Timed(String name, String outcome, String endpoint) {}

    public GatewayMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A request of the data plane came to its end. */
    public void finished(UsageRecord record) {
        var outcome = record.outcome().wire();
        timer("gateway.requests", outcome, record.endpoint()).record(Duration.ofMillis(record.latencyMs()));
        var ttft = record.ttftMs();
        if (ttft != null && record.stream()) {
            timer("gateway.time.to.first.token", outcome, record.endpoint()).record(Duration.ofMillis(ttft));
        }
        tokens("prompt", record.promptTokens());
        tokens("completion", record.completionTokens());
    }

    private Timer timer(String name, String outcome, String endpoint) {
        return timers.computeIfAbsent(new Timed(name, outcome, endpoint), key -> Timer.builder(name)
                .tag("outcome", outcome)
                .tag("endpoint", endpoint)
                .publishPercentileHistogram()
                .register(registry));
    }

    private void tokens(String kind, long count) {
        if (count > 0) {
            tokens.computeIfAbsent(kind, key -> registry.counter("gateway.tokens", "kind", kind))
                    .increment(count);
        }
    }

    /** A request was turned away because the gateway as a whole has too much to do. */
    public void shed() {
        counters.computeIfAbsent("shed", key -> registry.counter("gateway.shed"))
                .increment();
    }

    /** A request was refused by a limit or a budget. */
    public void limited(String reason) {
        count("gateway.limited", "reason", reason.toLowerCase(Locale.ROOT));
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

    /** A count that something keeps itself. */
    public <T> void counter(String name, T source, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, source, value).register(registry);
    }

    /** One gauge for each key of what is given; as many as administrators configure, never as many as callers name. */
    public void gauges(String name, String tag, Supplier<Map<String, Double>> values) {
        var gauge = MultiGauge.builder(name).register(registry);
        refreshed.add(() -> gauge.register(
                values.get().entrySet().stream()
                        .<MultiGauge.Row<?>>map(
                                entry -> MultiGauge.Row.of(Tags.of(tag, entry.getKey()), entry.getValue()))
                        .toList(),
                true));
    }

    /** Brings {@link #gauges} up to date; to be called now and then. */
    public void refresh() {
        refreshed.forEach(Runnable::run);
    }

    public <T> void gauge(String name, T source, ToDoubleFunction<T> value) {
        registry.gauge(name, Tags.empty(), source, value);
    }

    private void count(String name, String tag, String value) {
        counters.computeIfAbsent(name + '/' + value, key -> registry.counter(name, tag, value))
                .increment();
    }
}
