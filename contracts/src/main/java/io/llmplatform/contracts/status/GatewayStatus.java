package io.llmplatform.contracts.status;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway does at a moment, on {@code gateway.status.v1}.
 *
 * @param gateway          its name, as in usage records
 * @param status           {@code ok}, {@code stale}, {@code starting} or {@code refusing}
 * @param inFlight         requests of the data plane under way
 * @param journalDepth     usage records that the broker has not acknowledged
 * @param stalenessSeconds since the configuration was last known to be current; null when never
 * @param deployments      those that were ever asked since it started
 */
public record GatewayStatus(
        String gateway,
        Instant at,
        String status,
        int inFlight,
        long journalDepth,
        @Nullable Double stalenessSeconds,
        List<Deployment> deployments) {
    /**
     * @param state     {@code closed} is well; {@code open}, {@code half_open}, {@code cooling}
     * @param lastError such as {@code status_503}; null when there was none
     */
    public record Deployment(
            String id,
            String model,
            String providerId,
            String state,
            int inFlight,
            @Nullable String lastError) {}
}
