package io.llmplatform.proxy.frontdoor;

import io.llmplatform.contracts.log.LogRecord;
import io.llmplatform.logs.LogShipper;
import io.llmplatform.proxy.wire.AccessLine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Sends on to the log topic which requests were answered without a usage record: those that have one are found by it, and a second record
 * of each would be paid for by all. No more a second than anybody reads.
 */
final class AccessShipping {
    private static final int MOST_TOGETHER = 100;

    private final @Nullable LogShipper shipper;
    private int together;
    private long left;

    /** @param shipper null where logs are not shipped */
    AccessShipping(@Nullable LogShipper shipper) {
        this.shipper = shipper;
    }

    void next(Instant at, AccessLine line) {
        if (shipper == null || !isTold(line)) {
            return;
        }
        if (together == MOST_TOGETHER) {
            left++;
            return;
        }
        together++;
        shipper.ship(
                at,
                line.id(),
                new LogRecord.Access(
                        line.method(),
                        line.pathWithoutQuery(),
                        line.status(),
                        line.millis(),
                        line.bytesIn(),
                        line.bytesOut(),
                        line.ip(),
                        line.ua(),
                        line.trace()));
    }

    /** All that came together was given. */
    void end() {
        if (shipper != null && left > 0) {
            shipper.leftOut(left);
        }
        together = 0;
        left = 0;
    }

    /** Files of the console and probes of health say nothing while they succeed. */
    private static boolean isTold(AccessLine line) {
        return line.outcome() == null
                && (line.status() >= 400
                        || line.path().startsWith("/api/")
                        || line.path().startsWith("/v1/"));
    }
}
