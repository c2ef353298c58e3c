package io.llmplatform.contracts.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of a service's log, as on {@link io.llmplatform.contracts.topic.Topics#LOGS}. Nobody can be erased out of it, so it names people
 * by their ids and holds no other data of theirs.
 *
 * @param id        {@code log_…}
 * @param service   such as {@code proxy-service}
 * @param instance  which of them: host and process
 * @param level     {@code error}, {@code warn}, {@code info}, {@code debug} or {@code trace}
 * @param logger    the class that says it, or {@code access}
 * @param message   cut at 8,000 characters, as {@code stack} is at 16,000
 * @param requestId the request that it belongs to
 * @param access    present when the line tells of a request that was answered
 */
public record LogRecord(
        String id,
        Instant at,
        String service,
        String instance,
        String level,
        String logger,
        @Nullable String thread,
        String message,
        @Nullable String stack,
        @Nullable String requestId,
        @Nullable Access access) {
    /** The logger of lines with {@link #access}. */
    public static final String ACCESS = "access";

    /**
     * An answered request that left no usage record; of the others that one tells.
     *
     * @param path      without query
     * @param status    499 when the client left before
     * @param ms        from arrival to the end of the answer
     * @param ip        of machines and of who was turned away without a key that is known; so is {@code userAgent}
     * @param trace     id of the trace
     */
    public record Access(
            String method,
            String path,
            int status,
            long ms,
            long bytesIn,
            long bytesOut,
            @Nullable String ip,
            @Nullable String userAgent,
            @Nullable String trace) {}
}
