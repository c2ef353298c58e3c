package io.llmplatform.query.live;

import io.llmplatform.contracts.status.GatewayStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * {@code LiveTick} of the management API: what ended in one second, and how the gateways do.
 *
 * @param failed outcomes other than completed
 * @param models requests by model, the busiest ones
 * @param costs  by currency
 */
record LiveTick(
        Instant at,
        long requests,
        long failed,
        long tokens,
        Map<String, BigDecimal> costs,
        Map<String, Long> models,
        int inFlight,
        List<GatewayStatus> gateways) {}
