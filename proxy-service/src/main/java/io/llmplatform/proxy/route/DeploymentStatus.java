package io.llmplatform.proxy.route;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a deployment does, for health and metrics.
 *
 * @param model         for which it was last chosen
 * @param streamLatency to the first byte of streams, moving average; null when never measured
 * @param wholeLatency  to the first byte of answers in one piece, likewise
 * @param freeIn        when it may be used again; null when it may, or when nobody knows
 * @param lastError     such as {@code unreachable} or {@code status_503}
 * @param lastErrorAt   by the clock of {@link DeploymentStates}
 */
public record DeploymentStatus(
        String deploymentId,
        String model,
        String providerId,
        State state,
        int inFlight,
        @Nullable Duration streamLatency,
        @Nullable Duration wholeLatency,
        @Nullable Duration freeIn,
        @Nullable String lastError,
        @Nullable Instant lastErrorAt) {
    /** An open breaker outweighs a cool-down. */
    public enum State {
        CLOSED,
        OPEN,
        HALF_OPEN,
        COOLING;

        /** Such as {@code half_open}. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
