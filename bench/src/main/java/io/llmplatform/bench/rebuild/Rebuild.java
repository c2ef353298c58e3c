package io.llmplatform.bench.rebuild;

import io.llmplatform.bench.Arguments;
import io.llmplatform.contracts.json.ContractJson;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./platform bench rebuild [--events n] [--only usage,request_search,together] [--limit seconds]}: fills
 * {@code usage.v1} up to n records, then lets the projections start from offset 0: rows alone, documents alone, both together. Empties the read
 * model of usage and the request index, so it belongs on a stack of its own.
 */
public final class Rebuild {
    private static final List<String> BOTH = List.of("usage", "request_search");
    private static final String TOGETHER = "together";
    private static final long SAMPLE_MILLIS = 100;

    private final Stack stack;
    private final ReadModel rows;
    private final RequestIndex index;
    private final Map<Integer, Long> ends;
    private final long events;
    private final long limitSeconds;

    private Rebuild(Stack stack, UsageTopic topic, ReadModel rows, RequestIndex index, long limitSeconds)
            throws Exception {
        this.stack = stack;
        this.rows = rows;
        this.index = index;
        this.ends = topic.ends();
        this.events = topic.size();
        this.limitSeconds = limitSeconds;
    }

    public static int run(Arguments options) throws Exception {
        long events = options.number("--events", 1_000_000);
        long limit = options.number("--limit", 3600);
        var targets = options.text("--only", "usage,request_search,together").split(",");
        var out = options.text("--out", "bench/results");
        options.refuseOthers();
        var stack = Stack.fromEnvironment();
        try (var topic = new UsageTopic(stack.kafka());
                var connection = stack.connect();
                var http = HttpClient.newHttpClient()) {
            topic.ensure();
            awaitOffsets(new ReadModel(connection));
            stack.platform("stop", "projections");
            long missing = events - topic.size();
            if (missing > 0) {
                topic.fill(missing, new UsageSource(topic.size()));
            }
            var rebuild =
                    new Rebuild(stack, topic, new ReadModel(connection), new RequestIndex(http, stack.search()), limit);
            var results = new ArrayList<Map<String, Object>>();
            for (var target : targets) {
                results.add(rebuild.measure(target));
            }
            write(out, results);
            return 0;
        }
    }

    /** The projections write their rows of offsets when they first see the topic; they must have run before. */
    private static void awaitOffsets(ReadModel rows) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (rows.progress().size() < BOTH.size()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the projections of usage have no offsets yet: do they run?");
            }
            Thread.sleep(SAMPLE_MILLIS);
        }
    }

    private Map<String, Object> measure(String target) throws Exception {
        var measured = TOGETHER.equals(target) ? BOTH : List.of(target);
        prepare(measured);
        var courses = new LinkedHashMap<String, Course>();
        measured.forEach(projection -> courses.put(projection, new Course(events)));
        stack.platform("start", "projections");
        var cpu = follow(courses);
        var result = new LinkedHashMap<String, Object>();
        result.put("target", target);
        result.put("events", events);
        courses.forEach((projection, course) -> {
            result.put(projection + " applied", course.applied());
            result.put(projection + " events/s", course.rate());
            result.put(projection + " seconds", Math.round(course.seconds() * 10) / 10.0);
            result.put(projection + " events/s by tenth", course.rateByTenth());
        });
        result.put("cpu seconds", cpu);
        if (courses.containsKey("usage")) {
            result.put("rows", rows.rows());
            result.put("bytes", rows.bytes());
        }
        if (courses.containsKey("request_search")) {
            result.put("documents", index.documents());
            result.put("index bytes", index.bytes());
        }
        System.out.println(
                ContractJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(result));
        return result;
    }

    /** What is measured starts from nothing; what is not stands at the end and has nothing to do. */
    private void prepare(List<String> measured) throws Exception {
        stack.platform("stop", "projections");
        var zero = new LinkedHashMap<Integer, Long>();
        ends.keySet().forEach(partition -> zero.put(partition, 0L));
        for (var projection : BOTH) {
            rows.seek(projection, measured.contains(projection) ? zero : ends);
        }
        if (measured.contains("usage")) {
            rows.empty();
        }
        if (measured.contains("request_search")) {
            index.delete();
        }
    }

    /** @return CPU seconds by process, from the first record applied to the last */
    private Map<String, Double> follow(Map<String, Course> courses) throws Exception {
        var before = stack.cpu().read();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(limitSeconds);
        while (!courses.values().stream().allMatch(Course::done) && System.nanoTime() < deadline) {
            long now = System.nanoTime();
            var progress = rows.progress();
            courses.forEach((projection, course) -> course.add(now, progress.getOrDefault(projection, 0L)));
            if (courses.values().stream().noneMatch(Course::started)) {
                before = stack.cpu().read();
            }
            Thread.sleep(SAMPLE_MILLIS);
        }
        return ProcessCpu.between(before, stack.cpu().read());
    }

    private static void write(String folder, List<Map<String, Object>> results) throws Exception {
        var file = Path.of(folder)
                .resolve(
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "") + "-rebuild.json");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, ContractJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(results));
        System.out.println("| target | events | rows/s | last tenth | documents/s | last tenth | CPU s |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (var result : results) {
            System.out.println("| " + result.get("target") + " | " + result.get("events") + " | "
                    + rate(result, "usage") + " | " + rate(result, "request_search") + " | " + result.get("cpu seconds")
                    + " |");
        }
        System.out.println(file);
    }

    private static String rate(Map<String, Object> result, String projection) {
        return result.get(projection + " events/s by tenth") instanceof List<?> tenths
                ? result.get(projection + " events/s") + " | " + tenths.getLast()
                : "– | –";
    }
}
