package io.llmplatform.proxy.wire;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a request came in.
 *
 * @param requestId minted by the front door
 * @param nanos     monotonic clock at arrival
 * @param ip        the client's address, seen through trusted proxies
 * @param trace     what it is part of
 */
public record Arrival(
        String requestId,
        Instant at,
        long nanos,
        @Nullable String ip,
        @Nullable String userAgent,
        TraceContext trace,
        Departure departure) {
    public long elapsedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
