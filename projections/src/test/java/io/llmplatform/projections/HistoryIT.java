package io.llmplatform.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.ProjectionEvent;
import io.llmplatform.contracts.event.ProjectionEvent.Swap;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.contracts.usage.UsageRecord;
import io.llmplatform.testkit.KafkaServer;
import io.llmplatform.testkit.PostgresServer;
import io.llmplatform.testkit.SearchServer;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Random histories, told out of order where order is nobody's, told again, and read by a process that is killed while it reads:
 * what the projections make of them, what they make of them a second time beside it, and what a plain fold in this test comes
 * to, are the same, row for row, document for document, cent for cent.
 */
class HistoryIT {
    private static final List<String> PROJECTIONS =
            List.of("users", "teams", "api_keys", "providers", "gateway_config", "audit", "usage", "request_search");
    private static final int CHUNKS = 3;

    /** Of all seeds so far: they share the topic, and roll-ups do not tell them apart. */
    private static final List<UsageRecord> ALL_USAGE = new ArrayList<>();

    private static KafkaServer kafka;

    @BeforeAll
    static void startKafka() {
        kafka = KafkaServer.start();
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_123})
    void liveIsRebuiltIsAPlainFold(long seed) throws Exception {
        var random = new Random(seed);
        var histories = new Histories(seed);
        var usage = Usage.records("req_h" + seed + "_", 900);
        ALL_USAGE.addAll(usage);
        try (var world = new World(PostgresServer.shared(), kafka, SearchServer.shared())) {
            var events = new ArrayList<EventEnvelope>();
            for (int chunk = 0; chunk < CHUNKS; chunk++) {
                var reader = kill9able(world);
                try {
                    events.addAll(histories.live(80));
                    world.publish(events.subList(Math.max(0, events.size() - 80 - random.nextInt(30)), events.size()));
                    world.use(shuffledWithDuplicates(usage, chunk, random));
                    // In the middle of it, wherever that is.
                    long wanted = (long) (events.size() * random.nextDouble());
                    World.eventually(() -> applied(world, "users") >= wanted);
                } finally {
                    reader.destroyForcibly().waitFor();
                }
            }
            world.start();
            for (var projection : PROJECTIONS) {
                var topic = projection.equals("usage") || projection.equals("request_search")
                        ? Topics.USAGE
                        : Topics.DOMAIN;
                World.eventually(() -> applied(world, projection) == Topic.size(kafka, topic));
            }
            equalsTheFold(world, histories, events, usage);

            PROJECTIONS.forEach(projection ->
                    RebuildIT.ask(world, new ProjectionEvent.RebuildRequested(projection, Swap.WHEN_EQUAL)));
            for (var projection : PROJECTIONS) {
                World.eventually(() -> RebuildIT.live(world, projection) == 2);
            }
            equalsTheFold(world, histories, events, usage);
        }
    }

    private static List<UsageRecord> shuffledWithDuplicates(List<UsageRecord> usage, int chunk, Random random) {
        int size = usage.size() / CHUNKS;
        var some = new ArrayList<>(usage.subList(chunk * size, (chunk + 1) * size));
        some.addAll(usage.subList(0, Math.min(usage.size(), (chunk + 1) * size)).stream()
                .filter(record -> random.nextInt(5) == 0)
                .toList());
        Collections.shuffle(some, random);
        return some;
    }

    private static void equalsTheFold(
            World world, Histories histories, List<EventEnvelope> events, List<UsageRecord> usage) throws Exception {
        assertThat(entities(world, events)).isEqualTo(histories.entities());
        assertThat(requests(world, usage)).isEqualTo(requests(usage));
        assertThat(hours(world)).isEqualTo(hours());
        assertThat(auditDocuments(world, events)).isEqualTo(histories.documents());
        assertThat(requestDocuments(world, usage)).isEqualTo(requestDocuments(usage));
    }

    /** Every entity as {@link Histories#entities} tells it. */
    private static List<String> entities(World world, List<EventEnvelope> events) {
        var name = events.getFirst().aggregateId().split("_")[1];
        var all = new TreeMap<String, String>();
        Stream.of(
                        "select id, version, username, email, display_name, role, team_id, status, second_factor from readmodel.users",
                        "select id, version, name, status from readmodel.team",
                        "select id, version, name, prefix, status, case when allowed_models is not null then '[' || array_to_string(allowed_models, ', ') || ']' end as allowed_models from readmodel.api_key",
                        "select id, version, name, base_url, status from readmodel.provider")
                .forEach(select -> world.rows(select).forEach(row -> {
                    var fields = new TreeMap<String, String>();
                    ContractJson.mapper().readTree(row).forEachEntry((field, value) -> {
                        if (!value.isNull()) {
                            fields.put(field, value.asString());
                        }
                    });
                    var id = fields.remove("id");
                    if (id.contains("_" + name + "_")) {
                        all.put(id, fields.toString());
                    }
                }));
        return all.entrySet().stream()
                .map(entity -> entity.getKey() + " " + entity.getValue())
                .toList();
    }

    private static List<String> requests(World world, List<UsageRecord> usage) {
        return world.jdbc().sql("""
                        select request_id || ' ' || status || ' ' || prompt_tokens || ' ' || completion_tokens || ' '
                            || trim_scale(cost)::text || ' ' || latency_ms from readmodel.usage_requests()
                        where starts_with(request_id, ?) order by request_id collate "C\"""").params(prefix(usage)).query(String.class).list();
    }

    private static List<String> requests(List<UsageRecord> usage) {
        return usage.stream()
                .map(record -> "%s %d %d %d %s %d"
                        .formatted(
                                record.requestId(),
                                record.status(),
                                record.promptTokens(),
                                record.completionTokens(),
                                record.cost().stripTrailingZeros().toPlainString(),
                                record.latencyMs()))
                .sorted()
                .toList();
    }

    /** Requests and cents, per hour and model. */
    private static List<String> hours(World world) {
        return world.jdbc().sql("""
                        select to_char(hour at time zone 'UTC', 'YYYY-MM-DD HH24') || ' ' || model || ' ' || sum(requests) || ' '
                            || trim_scale(sum(cost))::text as line
                        from readmodel.usage_hourly join readmodel.usage_series using (series_id)
                        group by hour, model order by hour, model collate "C\"""").query(String.class).list();
    }

    private static List<String> hours() {
        var sums = new TreeMap<String, BigDecimal>();
        var counts = new TreeMap<String, Integer>();
        for (var record : ALL_USAGE) {
            var slot = record.at()
                            .truncatedTo(ChronoUnit.HOURS)
                            .toString()
                            .replace('T', ' ')
                            .substring(0, 13) + " " + record.model();
            sums.merge(slot, record.cost(), BigDecimal::add);
            counts.merge(slot, 1, Integer::sum);
        }
        return sums.entrySet().stream()
                .map(slot -> "%s %d %s"
                        .formatted(
                                slot.getKey(),
                                counts.get(slot.getKey()),
                                slot.getValue().stripTrailingZeros().toPlainString()))
                .toList();
    }

    private static List<String> auditDocuments(World world, List<EventEnvelope> events) throws Exception {
        var name = events.getFirst().aggregateId().split("_")[1];
        return documents(world, "audit").stream()
                .filter(document -> document.path("entity_id").asString("").contains("_" + name + "_"))
                .map(document -> {
                    var change = "";
                    for (var one : document.path("changes")) {
                        if (one.path("field").asString().equals("status")) {
                            change = one.path("before").asString("-") + ">"
                                    + one.path("after").asString();
                        }
                    }
                    return document.path("id").asString() + " "
                            + document.path("entity_name").asString("") + " " + change;
                })
                .sorted()
                .toList();
    }

    private static List<String> requestDocuments(World world, List<UsageRecord> usage) throws Exception {
        return documents(world, "requests").stream()
                .filter(document -> document.path("request_id").asString().startsWith(prefix(usage)))
                .map(document -> document.path("request_id").asString() + " "
                        + document.path("cost")
                                .decimalValue()
                                .stripTrailingZeros()
                                .toPlainString())
                .sorted()
                .toList();
    }

    private static List<String> requestDocuments(List<UsageRecord> usage) {
        return usage.stream()
                .map(record -> record.requestId() + " "
                        + record.cost().stripTrailingZeros().toPlainString())
                .sorted()
                .toList();
    }

    private static String prefix(List<UsageRecord> usage) {
        var id = usage.getFirst().requestId();
        return id.substring(0, id.lastIndexOf('_') + 1);
    }

    private static List<JsonNode> documents(World world, String alias) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var base = world.search.url() + "/" + world.indexPrefix + alias;
            http.send(
                    HttpRequest.newBuilder(URI.create(base + "/_refresh"))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(base + "/_search?size=10000"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            var documents = new ArrayList<JsonNode>();
            ContractJson.mapper()
                    .readTree(answer.body())
                    .at("/hits/hits")
                    .forEach(hit -> documents.add(hit.path("_source")));
            return documents;
        }
    }

    private static long applied(World world, String projection) {
        return world.jdbc().sql("""
                        select coalesce(sum(next_offset), 0) from readmodel.projection_offset
                        where projection = ? and place = 'readmodel'""").params(projection).query(Long.class).single();
    }

    /** The service as a process of its own. */
    private static Process kill9able(World world) throws IOException {
        var jar = Stream.of(new File("target")
                        .listFiles((folder, file) -> file.matches("projections-.*(?<!-classes)\\.jar")))
                .findFirst()
                .orElseThrow();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx300m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.getPath()));
        command.addAll(world.arguments());
        Files.createDirectories(Path.of("target", "killed"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "killed", world.indexPrefix + System.nanoTime() + ".log")
                        .toFile())
                .start();
    }
}
