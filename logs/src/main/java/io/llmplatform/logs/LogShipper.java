package io.llmplatform.logs;

import io.llmplatform.contracts.id.Ids;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.log.LogRecord;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Takes lines from any thread without making it wait, and writes them to the topic from a thread of its own. Lines that find the queue
 * full, and those that the broker did not take, are counted; the number is told by a line when lines go through again.
 */
public final class LogShipper implements AutoCloseable {
    private static final int WAITING = 10_000;
    private static final long AWAITED_MS = 200;
    private static final int LONGEST_MESSAGE = 8_000;
    private static final int LONGEST_STACK = 16_000;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration AT_THE_END = Duration.ofSeconds(2);

    private final BlockingQueue<LogRecord> waiting = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final LogTopic topic;
    private final String service;
    private final String instance;
    private final Clock clock;
    private final Ids ids;
    private final Thread thread;
    private volatile boolean closing;

    LogShipper(LogTopic topic, String service, Clock clock) {
        this.topic = topic;
        this.service = service;
        this.instance = Objects.requireNonNullElse(System.getenv("HOSTNAME"), "local") + ":"
                + ProcessHandle.current().pid();
        this.clock = clock;
        this.ids = new Ids(clock, new SecureRandom());
        this.thread = Thread.ofPlatform().name(LogTopic.OWN_THREADS).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Ships the line of a request that was answered. */
    public void ship(Instant at, String requestId, LogRecord.Access access) {
        var text = access.method() + " " + access.path() + " " + access.status() + " " + access.ms() + " ms";
        offer(new LogRecord(
                ids.next(Ids.Kind.LOG),
                at,
                service,
                instance,
                access.status() >= 500 ? "warn" : "info",
                LogRecord.ACCESS,
                null,
                cut(text, LONGEST_MESSAGE),
                null,
                requestId,
                access));
    }

    void ship(
            Instant at,
            String level,
            String logger,
            String threadName,
            String message,
            @Nullable String stack,
            @Nullable String requestId) {
        offer(new LogRecord(
                ids.next(Ids.Kind.LOG),
                at,
                service,
                instance,
                level,
                logger,
                threadName,
                cut(message, LONGEST_MESSAGE),
                stack == null ? null : cut(stack, LONGEST_STACK),
                requestId,
                null));
    }

    private void offer(LogRecord line) {
        if (!waiting.offer(line)) {
            dropped.incrementAndGet();
        }
    }

    private void run() {
        try {
            while (!(closing && waiting.isEmpty())) {
                try {
                    topic.ensure();
                    var line = waiting.poll(AWAITED_MS, TimeUnit.MILLISECONDS);
                    if (line != null) {
                        send(line);
                    }
                    tellDropped();
                } catch (KafkaException e) {
                    if (closing) {
                        return;
                    }
                    Thread.sleep(AFTER_FAILURE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(LogRecord line) {
        try {
            topic.send(service, ContractJson.mapper().writeValueAsBytes(line), dropped::incrementAndGet);
        } catch (KafkaException e) {
            dropped.incrementAndGet();
            throw e;
        }
    }

    private void tellDropped() {
        long lost = dropped.get();
        if (lost > 0 && topic.isWell()) {
            dropped.addAndGet(-lost);
            ship(
                    clock.instant(),
                    "warn",
                    LogShipper.class.getName(),
                    thread.getName(),
                    lost + " lines of this log were not taken, and stand in the service's own output only",
                    null,
                    null);
        }
    }

    /** Counts lines that were left out before they came here. */
    public void leftOut(long lines) {
        dropped.addAndGet(lines);
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }

    /** Writes what is left, for a moment at most. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(AT_THE_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        topic.close();
    }
}
