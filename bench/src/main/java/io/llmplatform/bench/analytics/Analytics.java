package io.llmplatform.bench.analytics;

import io.llmplatform.bench.Arguments;
import io.llmplatform.bench.rebuild.Stack;
import io.llmplatform.contracts.json.ContractJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./platform bench analytics [--rows n] [--days n] [--rounds n] [--limit seconds]}: fills a year with usage, waits until its days
 * are added up, and asks every question of the dashboard over ranges from an hour to a year. It belongs on a stack of its own, whose
 * usage it replaces. Refuses to begin without room on the disk.
 */
public final class Analytics {
    /** With indexes, roll-ups and the log of PostgreSQL, and some to spare. */
    private static final long BYTES_PER_ROW = 2_000;

    private static final List<String> TABLES = List.of(
            "usage_request",
            "usage_series",
            "usage_hourly",
            "usage_hourly_histogram",
            "usage_daily",
            "usage_daily_by",
            "usage_hourly_by");

    private Analytics() {}

    public static int run(Arguments options) throws Exception {
        long rows = options.number("--rows", 10_000_000);
        int days = Math.toIntExact(options.number("--days", 365));
        int rounds = Math.toIntExact(options.number("--rounds", 10));
        long limit = options.number("--limit", 5400);
        var out = options.text("--out", "bench/results");
        options.refuseOthers();
        var stack = Stack.fromEnvironment();
        long free = Files.getFileStore(stack.data()).getUsableSpace();
        if (free < rows * BYTES_PER_ROW) {
            throw new IOException(stack.data() + ": " + free + " bytes are free, expected " + rows * BYTES_PER_ROW);
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(limit);
        var result = new LinkedHashMap<String, Object>();
        try (var connection = stack.connect();
                var http = HttpClient.newHttpClient()) {
            var usage = new SyntheticUsage(connection);
            fill(usage, rows, days, deadline, result);
            awaitDays(usage, days, deadline, result);
            usage.analyze();
            result.put("bytes", bytes(usage));
            result.put("ms", ask(http, stack, rounds));
        }
        var json = ContractJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(result);
        var folder = Files.createDirectories(Path.of(out));
        var file = folder.resolve(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "") + "-analytics.json");
        Files.writeString(file, json);
        System.out.println(json);
        System.out.println(file);
        return 0;
    }

    private static void fill(SyntheticUsage usage, long rows, int days, long deadline, Map<String, Object> result)
            throws Exception {
        usage.empty();
        long begin = System.nanoTime();
        var today = LocalDate.now(ZoneOffset.UTC);
        for (int i = days - 1; i >= 0; i--) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("out of time after " + (days - 1 - i) + " days; see --limit");
            }
            usage.day(today.minusDays(i), Math.toIntExact(rows / days));
            if (i % 10 == 0) {
                System.out.println(today.minusDays(i) + " filled after " + seconds(begin) + " s");
            }
        }
        result.put("rows", usage.rows());
        result.put("seconds to fill", seconds(begin));
    }

    /** All but today's. */
    private static void awaitDays(SyntheticUsage usage, int days, long deadline, Map<String, Object> result)
            throws Exception {
        long begin = System.nanoTime();
        while (usage.daysAddedUp() < days - 1) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("out of time with " + usage.daysAddedUp() + " days added up");
            }
            Thread.sleep(1000);
        }
        result.put("seconds to add days up, after that", seconds(begin));
    }

    private static Map<String, Object> bytes(SyntheticUsage usage) throws Exception {
        var bytes = new LinkedHashMap<String, Object>();
        long rows = usage.rows();
        for (var table : TABLES) {
            bytes.put(table, usage.bytes(table));
            bytes.put(table + " for a request", Math.round(10.0 * usage.bytes(table) / rows) / 10.0);
        }
        bytes.put(
                "usage_request without indexes, for a request",
                Math.round(10.0 * usage.bytesOfRows("usage_request") / rows) / 10.0);
        return bytes;
    }

    /** Milliseconds of each question, the first time left out of the percentiles but told. */
    private static Map<String, Object> ask(HttpClient http, Stack stack, int rounds) throws Exception {
        var token = stack.administrator(http);
        var told = new LinkedHashMap<String, Object>();
        var now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        for (var range : Questions.RANGES.keySet()) {
            var all = new ArrayList<Double>();
            var byQuestion = new TreeMap<String, Object>();
            for (var question : Questions.of(range, now).entrySet()) {
                var request = HttpRequest.newBuilder(URI.create(stack.query() + "/api/admin/v1/usage/"
                                + question.getValue().replace("?&", "?")))
                        .header("Authorization", "Bearer " + token)
                        .build();
                double first = once(http, request);
                var times = new ArrayList<Double>();
                for (int i = 0; i < rounds; i++) {
                    times.add(once(http, request));
                }
                all.addAll(times);
                byQuestion.put(
                        question.getKey(),
                        Map.of("first", first, "p50", percentile(times, 0.5), "p95", percentile(times, 0.95)));
            }
            var ofRange = new LinkedHashMap<String, Object>();
            ofRange.put("p50", percentile(all, 0.5));
            ofRange.put("p95", percentile(all, 0.95));
            ofRange.put("questions", byQuestion);
            told.put(range, ofRange);
            System.out.println(range + ": p50 " + ofRange.get("p50") + " ms, p95 " + ofRange.get("p95") + " ms");
        }
        return told;
    }

    private static double once(HttpClient http, HttpRequest request) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        double millis = Math.round((System.nanoTime() - begin) / 1e5) / 10.0;
        if (answer.statusCode() != 200) {
            throw new IOException(request.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return millis;
    }

    private static double percentile(List<Double> times, double share) {
        var sorted = times.stream().sorted().toList();
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private static long seconds(long begin) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    }
}
