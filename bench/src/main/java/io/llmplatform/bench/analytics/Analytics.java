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
 * {@code ./platform bench analytics [--rows n] [--days n] [--rounds n] [--fill-seconds n]}: fills a year with usage (as much
 * of it as there is time for), waits until its days
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
        long fillSeconds = options.number("--fill-seconds", 3600);
        var out = options.text("--out", "bench/results");
        options.refuseOthers();
        var stack = Stack.fromEnvironment();
        long free = Files.getFileStore(stack.data()).getUsableSpace();
        if (free < rows * BYTES_PER_ROW) {
            throw new IOException(stack.data() + ": " + free + " bytes are free, expected " + rows * BYTES_PER_ROW);
        }
        var result = new LinkedHashMap<String, Object>();
        try (var connection = stack.connect();
                var http = HttpClient.newHttpClient()) {
            var usage = new SyntheticUsage(connection);
            int filled = fill(usage, rows, days, fillSeconds, result);
            awaitDays(usage, filled, result);
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

    /**
     * The newest day first, so that a range is whole or at the end of what there is.
     *
     * @return how many days were filled before the time was up
     */
    private static int fill(SyntheticUsage usage, long rows, int days, long fillSeconds, Map<String, Object> result)
            throws Exception {
        usage.empty();
        long begin = System.nanoTime();
        var today = LocalDate.now(ZoneOffset.UTC);
        int filled = 0;
        while (filled < days && seconds(begin) < fillSeconds) {
            usage.day(today.minusDays(filled++), Math.toIntExact(rows / days));
            if (filled % 10 == 0) {
                System.out.println(
                        filled + " days filled after " + seconds(begin) + " s, " + usage.daysAddedUp() + " added up");
            }
        }
        result.put("rows", usage.rows());
        result.put("days", filled);
        result.put("seconds to fill", seconds(begin));
        return filled;
    }

    /** All but today's; a day is added up within half a minute. */
    private static void awaitDays(SyntheticUsage usage, int days, Map<String, Object> result) throws Exception {
        long begin = System.nanoTime();
        long known = -1;
        long moved = begin;
        while (usage.daysAddedUp() < days - 1) {
            if (usage.daysAddedUp() != known) {
                known = usage.daysAddedUp();
                moved = System.nanoTime();
            } else if (seconds(moved) > 120) {
                throw new IllegalStateException("only " + known + " of " + (days - 1) + " days are added up");
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
