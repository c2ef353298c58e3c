package io.llmplatform.proxy.config;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The configuration in force. One thread publishes, everybody reads without waiting. */
public final class LiveConfig {
    /** The broker is asked every second; thrice that without an answer counts as away. */
    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(5);

    private final Clock clock;
    private volatile GatewayConfig current = GatewayConfig.EMPTY;
    private volatile boolean ready;
    private volatile @Nullable Instant completeAt;

    public LiveConfig(Clock clock) {
        this.clock = clock;
    }

    public GatewayConfig current() {
        return current;
    }

    /** Whether the data plane may serve: caught up with the topic once, or started from the disk snapshot. */
    public boolean ready() {
        return ready;
    }

    public ConfigStatus status() {
        var complete = completeAt;
        var staleness = complete == null ? null : Duration.between(complete, clock.instant());
        boolean connected = staleness != null && staleness.compareTo(CONNECTED_WITHIN) < 0;
        return new ConfigStatus(ready, connected, staleness, current.size());
    }

    /** Seconds since the configuration was last known to be complete; -1 when it never was. */
    public double stalenessSeconds() {
        var staleness = status().staleness();
        return staleness == null ? -1 : staleness.toMillis() / 1000.0;
    }

    void publish(GatewayConfig config) {
        this.current = config;
    }

    void complete(Instant at) {
        this.completeAt = at;
    }

    void serve() {
        this.ready = true;
    }
}
