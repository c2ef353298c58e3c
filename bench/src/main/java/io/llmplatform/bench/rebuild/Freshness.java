package io.llmplatform.bench.rebuild;

import io.llmplatform.bench.Arguments;
import io.llmplatform.contracts.json.ContractJson;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code ./platform bench freshness [--rate n] [--seconds n]}: writes usage events at a steady rate and asks the query
 * service, over and over, how many it counts. The k-th event is taken as seen when k are counted, at the moment the answer
 * has been read: told late by at most one turn of asking (given as {@code longest turn}), never early as a whole. Needs all
 * services and nobody else's traffic.
 */
public final class Freshness {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = 10_000_000;

    private final long[] sent;
    private final long[] seen;
    private long longestTurn;

    private Freshness(int events) {
        this.sent = new long[events];
        this.seen = new long[events];
    }

    public static int run(Arguments options) throws Exception {
        long rate = options.number("--rate", 1000);
        int events = Math.toIntExact(rate * options.number("--seconds", 60));
        int warmUp = options.number("--warmup", 20);
        var out = options.text("--out", "bench/results");
        options.refuseOthers();
        var stack = Stack.fromEnvironment();
        try (var topic = new UsageTopic(stack.kafka());
                var http = HttpClient.newHttpClient()) {
            topic.ensure();
            // The first seconds are those of compilers: a stack that has just started is not what is measured.
            warmUp(topic, rate, warmUp);
            var summary = Summary.asAdministrator(http, stack);
            var index = new RequestIndex(http, stack.search());
            var rows = new Freshness(events);
            var documents = new Freshness(events);
            long rowsBefore = settled(summary::requests);
            long documentsBefore = settled(index::visible);
            var cpu = stack.cpu().read();
            try (var watch = new Watch()) {
                watch.start(() -> rows.watch(() -> summary.requests() - rowsBefore));
                watch.start(() -> documents.watch(() -> index.visible() - documentsBefore));
                produce(topic, rate, rows.sent, documents.sent);
            }
            var result = new LinkedHashMap<String, Object>();
            result.put("events", events);
            result.put("events/s", rate);
            result.put("usage/summary", rows.result());
            result.put("request index", documents.result());
            result.put("cpu seconds", ProcessCpu.between(cpu, stack.cpu().read()));
            var json = ContractJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(result);
            System.out.println(json);
            var folder = Files.createDirectories(Path.of(out));
            var now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
            Files.writeString(folder.resolve(now + "-freshness.json"), json);
            return 0;
        }
    }

    private static void warmUp(UsageTopic topic, long rate, long seconds) {
        var discarded = new long[Math.toIntExact(rate * seconds)];
        produce(topic, rate, discarded);
    }

    /** A count that has stopped growing for two seconds. */
    private static long settled(Count count) throws Exception {
        long known = -1;
        for (long now = count.now(); now != known; now = count.now()) {
            known = now;
            Thread.sleep(2000);
        }
        return known;
    }

    private static void produce(UsageTopic topic, long rate, long[]... sent) {
        var source = new UsageSource(System.nanoTime());
        long start = System.nanoTime();
        for (int i = 0; i < sent[0].length; i++) {
            long due = start + i * 1_000_000_000L / rate;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            // Counted from when it was due: a producer that falls behind must not make the reader look better.
            for (var each : sent) {
                each[i] = due;
            }
            topic.send(source.next(Instant.now()));
        }
        topic.flush();
    }

    /** Something that counts what can be seen by now. */
    interface Count {
        long now() throws Exception;
    }

    private void watch(Count count) throws Exception {
        long deadline =
                System.nanoTime() + PATIENCE.plusSeconds(sent.length / 100).toNanos();
        int known = 0;
        long before = System.nanoTime();
        while (known < seen.length && System.nanoTime() < deadline) {
            long counted = Math.min(seen.length, count.now());
            long now = System.nanoTime();
            longestTurn = Math.max(longestTurn, now - before);
            before = now;
            while (known < counted) {
                seen[known++] = now;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        if (known < seen.length) {
            throw new IllegalStateException("only " + known + " of " + seen.length + " events were ever seen");
        }
    }

    private LinkedHashMap<String, Object> result() {
        var millis = new double[sent.length];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = (seen[i] - sent[i]) / 1e6;
        }
        java.util.Arrays.sort(millis);
        var result = new LinkedHashMap<String, Object>();
        result.put("p50 ms", Math.round(millis[millis.length / 2]));
        result.put("p99 ms", Math.round(millis[millis.length * 99 / 100]));
        result.put("longest ms", Math.round(millis[millis.length - 1]));
        result.put("longest turn ms", longestTurn / 1_000_000);
        return result;
    }
}
