package io.llmplatform.proxy.frontdoor;

import io.llmplatform.contracts.usage.UsageRecord;
import io.llmplatform.logs.LogShipper;
import io.llmplatform.proxy.wire.AccessLine;
import io.llmplatform.proxy.wire.Arrival;
import io.vertx.core.http.HttpServerRequest;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line per request, in the log named {@code access}. An event loop only notes what happened; a thread of its own
 * formats and prints all that came in a tenth of a second at once. What a kill leaves unprinted is that tenth; usage records do not
 * depend on it.
 */
public final class AccessLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("access");
    private static final int LEFT = 499;
    private static final long EVERY_MILLIS = 100;

    /** Where standard output stands still for so long that more would wait, lines are dropped and their number is told. */
    private static final int MAX_WAITING = 100_000;

    private final Clock clock;
    private final Supplier<PrintStream> out;
    private final AccessShipping shipping;
    private final ScheduledExecutorService printer;
    private final boolean enabled = LOG.isInfoEnabled();
    private final String process = "  INFO " + ProcessHandle.current().pid() + " --- [proxy-service] access : ";
    private List<Noted> waiting = new ArrayList<>();
    private long dropped;

    private record Noted(Instant at, AccessLine line) {}

    /**
     * @param out     where lines go, asked for each time
     * @param shipper where those without a usage record go as well; null for nowhere
     */
    public AccessLog(Clock clock, Supplier<PrintStream> out, @Nullable LogShipper shipper) {
        this.shipping = new AccessShipping(shipper);
        this.clock = clock;
        this.out = out;
        this.printer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("access-log").daemon().factory());
        printer.scheduleWithFixedDelay(this::printSafely, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    void follow(HttpServerRequest request, Arrival arrival) {
        if (enabled) {
            arrival.departure().last(() -> note(line(request, arrival)));
        }
    }

    synchronized void note(AccessLine line) {
        if (waiting.size() < MAX_WAITING) {
            waiting.add(new Noted(clock.instant(), line));
        } else {
            dropped++;
        }
    }

    private void print() {
        List<Noted> lines;
        long lost;
        synchronized (this) {
            lines = waiting;
            lost = dropped;
            waiting = new ArrayList<>();
            dropped = 0;
        }
        if (lost > 0) {
            LOG.warn("{} lines were dropped: standard output did not take them", lost);
        }
        if (!lines.isEmpty()) {
            var text = new StringBuilder(lines.size() * 512);
            for (var noted : lines) {
                text.append(noted.at.truncatedTo(ChronoUnit.MILLIS)).append(process);
                text.append(noted.line.format()).append('\n');
                shipping.next(noted.at, noted.line);
            }
            shipping.end();
            // Not by the stream's own encoding, which is ASCII where no locale is set.
            out.get().writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
            out.get().flush();
        }
    }

    private void printSafely() {
        try {
            print();
        } catch (RuntimeException e) {
            LOG.error("lines could not be printed", e);
        }
    }

    private static AccessLine line(HttpServerRequest request, Arrival arrival) {
        var response = request.response();
        var record = arrival.departure().record();
        boolean stranger = stranger(request, record);
        boolean answered = response.ended() || response.getStatusCode() == 101;
        return new AccessLine(
                arrival.requestId(),
                request.method().name(),
                request.path() == null ? "/" : request.path(),
                answered ? response.getStatusCode() : LEFT,
                request.bytesRead(),
                response.bytesWritten(),
                arrival.elapsedMillis(),
                stranger ? arrival.ip() : null,
                record == null ? null : record.userId(),
                record == null ? null : record.apiKeyId(),
                record == null ? null : record.model(),
                record == null ? null : record.outcome().wire(),
                stranger ? arrival.userAgent() : null,
                arrival.trace().traceId());
    }

    /**
     * Whose address and device may stand in a log, out of which nobody can be erased: those of machines, and of who was turned away
     * without a key that is known. For everybody else, failed logins too, they are in the usage record or in the event, under the
     * id of the request.
     */
    private static boolean stranger(HttpServerRequest request, @Nullable UsageRecord record) {
        return record == null
                ? request.response().getStatusCode() == 401
                        && !String.valueOf(request.path()).startsWith("/api/admin/")
                : record.userId() == null;
    }

    /** Prints what is left. */
    @Override
    public void close() {
        printer.close();
        printSafely();
    }
}
