package io.llmplatform.proxy.call;

import java.time.Duration;

/**
 * @param maxBodyBytes            of a request
 * @param maxInFlightBytes        of all request bodies being held
 * @param maxResponseBytes        of an answer that is not streamed (it is held until its usage is known)
 * @param maxEventBytes           of one event of a stream
 * @param clientStall             how long a client may take in nothing of a stream
 * @param total                   for a whole request, retries and the longest stream included
 * @param defaultCompletionTokens reserved where a request does not bound its answer
 * @param gateway                 name of this instance in usage records
 */
public record CallSettings(
        long maxBodyBytes,
        long maxInFlightBytes,
        int maxResponseBytes,
        int maxEventBytes,
        Duration keepAlive,
        Duration clientStall,
        Duration total,
        long defaultCompletionTokens,
        String gateway) {
    public static final long DEFAULT_MAX_BODY_BYTES = 32L << 20;
    public static final int DEFAULT_MAX_RESPONSE_BYTES = 64 << 20;
    public static final int DEFAULT_MAX_EVENT_BYTES = 4 << 20;
    public static final Duration DEFAULT_KEEP_ALIVE = Duration.ofSeconds(15);
    public static final long DEFAULT_COMPLETION_TOKENS = 1024;
}
