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
    private static final long BYTES_PER_ROW = 1_000;

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
            var filled = fill(usage, rows, days, fillSeconds, result);
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
     * The newest month first, so that a range is whole or at the end of what there is; its days in their order, as they come in truth.
     *
     * @return the first day
     */
    private static LocalDate fill(
            SyntheticUsage usage, long rows, int days, long fillSeconds, Map<String, Object> result) throws Exception {
        usage.empty();
        long begin = System.nanoTime();
        var today = LocalDate.now(ZoneOffset.UTC);
        var oldest = today.minusDays(days - 1L);
        var first = today.plusDays(1);
        while (first.isAfter(oldest) && seconds(begin) < fillSeconds) {
            var end = first;
            var month = end.minusDays(1).withDayOfMonth(1);
            first = month.isBefore(oldest) ? oldest : month;
            for (var day = first; day.isBefore(end); day = day.plusDays(1)) {
                usage.day(day, Math.toIntExact(rows / days));
            }
            System.out.println("filled from " + first + " after " + seconds(begin) + " s, " + usage.daysAddedUp()
                    + " days added up");
        }
        result.put("rows", usage.rows());
        result.put("days", ChronoUnit.DAYS.between(first, today) + 1);
        result.put("seconds to fill", seconds(begin));
        return first;
    }

    /** All days but today, and the months of which there are all days; a day is added up within half a minute. */
    private static void awaitDays(SyntheticUsage usage, LocalDate first, Map<String, Object> result) throws Exception {
        var today = LocalDate.now(ZoneOffset.UTC);
        var firstMonth = first.minusDays(1).withDayOfMonth(1).plusMonths(1);
        long wanted = ChronoUnit.DAYS.between(first, today)
                + Math.max(0, ChronoUnit.MONTHS.between(firstMonth, today.withDayOfMonth(1)));
        long begin = System.nanoTime();
        long known = -1;
        long moved = begin;
        while (known < wanted) {
            long now = usage.daysAddedUp() + usage.monthsAddedUp();
            if (now != known) {
                known = now;
                moved = System.nanoTime();
            } else if (seconds(moved) > 120) {
                throw new IllegalStateException("only " + known + " of " + wanted + " days and months are added up");
            }
            Thread.sleep(1000);
        }
        result.put("seconds to add days and months up, after that", seconds(begin));
    }

    private static Map<String, Object> bytes(SyntheticUsage usage) throws Exception {
        var bytes = new LinkedHashMap<String, Object>();
        long rows = usage.rows();
        long all = 0;
        for (var table : SyntheticUsage.TABLES) {
            bytes.put(table, usage.bytes(table));
            all += usage.bytes(table);
            bytes.put(table + " for a request", Math.round(10.0 * usage.bytes(table) / rows) / 10.0);
        }
        bytes.put("all of it for a request", Math.round(10.0 * all / rows) / 10.0);
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
