package io.llmplatform.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.log.LogRecord;
import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.testkit.KafkaServer;
import io.llmplatform.testkit.PostgresServer;
import io.llmplatform.testkit.SearchServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class SearchProjectionIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void tellsWhatChangedAndNeverASecret() throws Exception {
        var events = DirectoryProjectionIT.story("s");
        try (var world = World.shared()) {
            world.start();
            world.publish(events);
            world.publish(events);
            world.awaitPosition("audit", World.lastPosition(events));

            var found = search(world, "audit", "{\"size\":500,\"sort\":[\"position\"]}");
            var own = found.valueStream()
                    .map(hit -> hit.path("_source"))
                    .filter(document -> document.path("entity_id").asString().endsWith("_s"))
                    .toList();

            // The settings of the platform are one for all.
            assertThat(own).hasSize((int) events.stream()
                    .filter(event -> event.aggregateId().endsWith("_s"))
                    .count());
            assertThat(changes(own, "user.UserEdited"))
                    .isEqualTo("[{\"field\":\"email\",\"before\":\"s@example.com\"},"
                            + "{\"field\":\"role\",\"before\":\"member\",\"after\":\"auditor\"},"
                            + "{\"field\":\"display_name\",\"after\":\"张三\"},"
                            + "{\"field\":\"team_id\",\"after\":\"team_s\"},"
                            + "{\"field\":\"limits\",\"after\":{\"requests_per_minute\":10,\"concurrency\":2}},"
                            + "{\"field\":\"budgets\",\"after\":"
                            + "[{\"period\":\"day\",\"amount\":1.5,\"currency\":\"USD\"}]}]");
            assertThat(changes(own, "team.TeamEdited"))
                    .isEqualTo("[{\"field\":\"name\",\"before\":\"Team s\",\"after\":\"Crew s\"},"
                            + "{\"field\":\"limits.requests_per_minute\",\"before\":10,\"after\":20},"
                            + "{\"field\":\"limits.tokens_per_minute\",\"after\":5000},"
                            + "{\"field\":\"budgets\",\"after\":"
                            + "[{\"period\":\"day\",\"amount\":1.5,\"currency\":\"USD\"}]}]");
            assertThat(changes(own, "model.ModelEdited"))
                    .startsWith("[{\"field\":\"deployments[dep_1]\",\"before\":{\"id\":\"dep_1\"")
                    .contains("{\"field\":\"routing\",\"after\":{\"strategy\":\"least-busy\"")
                    .doesNotContain("dep_2");
            assertThat(own)
                    .filteredOn(document -> document.path("type").asString().equals("team.TeamDisabled"))
                    .singleElement()
                    .matches(document -> document.path("entity_name").asString().equals("Crew s"));
            assertThat(changes(own, "user.UserDisabled"))
                    .isEqualTo("[{\"field\":\"status\",\"before\":\"active\",\"after\":\"disabled\"}]");
            assertThat(changes(own, "provider.ProviderSecretRotated"))
                    .isEqualTo("[{\"field\":\"secret\",\"after\":\"rotated\"}]");
            assertThat(changes(own, "provider.ProviderCreated")).contains("{\"field\":\"secret\",\"after\":\"set\"}");
            assertThat(changes(own, "api_key.ApiKeyIssued")).contains("usr_s").doesNotContain("hash");
            assertThat(own)
                    .filteredOn(document -> document.path("type").asString().equals("api_key.ApiKeyRevoked"))
                    .singleElement()
                    .matches(document -> document.path("entity_name").asString().equals("ci, renamed"));
            assertThat(own.toString()).doesNotContain("hash-of-s", "Y2lwaGVyM", "d3JhcHBlZD");
        }
    }

    @Test
    void anIndexFromBeforeGetsTheFieldsItLacks() throws Exception {
        try (var world = World.shared()) {
            var definition = ContractJson.mapper()
                    .readTree(SearchProjectionIT.class.getResourceAsStream("/search/requests.json"));
            ((ObjectNode) definition.at("/mappings/properties")).remove("team_id");
            var index = world.indexPrefix + "requests-b1-"
                    + DateTimeFormatter.ofPattern("uuuu.MM").format(OffsetDateTime.now(ZoneOffset.UTC));
            ((ObjectNode) definition).putObject("aliases").putObject(world.indexPrefix + "requests-b1");
            send(world, "PUT", "/" + index, definition.toString());
            world.start();

            World.eventually(() -> ContractJson.mapper()
                    .readTree(send(world, "GET", "/" + world.indexPrefix + "requests/_mapping", ""))
                    .at("/" + index + "/mappings/properties")
                    .has("team_id"));
        }
    }

    @Test
    void documentsCatchUpWhileRowsKeepPaceAndALostIndexIsFilledAgain() throws Exception {
        var search = SearchServer.start();
        try (var world = new World(PostgresServer.shared(), KafkaServer.shared(), search)) {
            world.start();
            var records = Usage.records("req_search_", 30);
            world.use(records.subList(0, 10));
            World.eventually(() -> count(world, "req_search_") == 10);

            search.stop();
            world.use(records.subList(10, 30));
            World.eventually(() -> world.jdbc()
                            .sql(
                                    "select count(*) from readmodel.usage_requests() where starts_with(request_id, 'req_search_')")
                            .query(Long.class)
                            .single()
                    == 30);
            search.restart();
            World.eventually(() -> count(world, "req_search_") == 30);

            // While the index cannot be made again, the offsets are already back at the beginning: whoever crashes in
            // between repeats it.
            World.eventually(() -> search(world, "audit", "{}") != null);
            limitShards(world, "1");
            send(world, "DELETE", "/" + world.indexPrefix + "requests-b1-2026.10", "");
            world.use(Usage.records("req_search_more_", 1));
            World.eventually(() -> world.jdbc()
                            .sql(
                                    "select sum(next_offset) from readmodel.projection_offset where projection = 'request_search'")
                            .query(Long.class)
                            .single()
                    == 0);
            limitShards(world, "null");
            World.eventually(() -> count(world, "req_search_") == 31);
        } finally {
            search.close();
        }
    }

    private static void limitShards(World world, String limit) throws Exception {
        send(world, "PUT", "/_cluster/settings", "{\"persistent\":{\"cluster.max_shards_per_node\":" + limit + "}}");
    }

    private static String changes(java.util.List<JsonNode> documents, String type) {
        return documents.stream()
                .filter(document -> document.path("type").asString().equals(type))
                .findFirst()
                .orElseThrow()
                .path("changes")
                .toString();
    }

    private static long count(World world, String prefix) throws Exception {
        send(world, "POST", "/" + world.indexPrefix + "requests/_refresh", "");
        return search(world, "requests", "{\"size\":100,\"query\":{\"prefix\":{\"request_id\":\"" + prefix + "\"}}}")
                .size();
    }

    @Test
    void linesOfLogsAreFoundOnceAndInTheirOrder() throws Exception {
        var at = java.time.Instant.parse("2026-11-20T10:00:00.000500Z");
        try (var world = World.shared()) {
            world.start();
            for (int i = 0; i < 3; i++) {
                var line = new LogRecord(
                        "log_" + world.indexPrefix + (2 - i),
                        at.plusNanos(i * 1_000),
                        "proxy-service",
                        "host:1",
                        i == 1 ? "error" : "info",
                        "io.x.Feed",
                        "main",
                        "line " + i + " 磁盘已满",
                        i == 1 ? "java.io.IOException: no space left" : null,
                        "req_log",
                        null);
                var json = ContractJson.mapper().writeValueAsString(line);
                world.sendText(Topics.LOGS, "proxy-service", json);
                world.sendText(Topics.LOGS, "proxy-service", json);
            }
            world.sendText(Topics.LOGS, "x", "{\"id\":\"log_\",\"at\":\"2026-11-20T10:00:00Z\"}");
            World.eventually(() -> search(
                            world,
                            "logs",
                            "{\"query\":{\"match_phrase\":{\"all.cjk\":\"磁盘已满\"}},\"sort\":[\"micros\",\"id\"]}")
                    .valueStream()
                    .map(hit -> hit.at("/_source/message").asString().substring(0, 6))
                    .toList()
                    .equals(java.util.List.of("line 0", "line 1", "line 2")));
            assertThat(search(world, "logs", "{\"query\":{\"match\":{\"all\":\"space\"}}}")
                            .at("/0/_source/level")
                            .asString())
                    .isEqualTo("error");
            World.eventually(
                    () -> world.rows("select error from readmodel.parked_event where projection = 'log_search'")
                                    .size()
                            == 1);
        }
    }

    private static JsonNode search(World world, String alias, String query) throws Exception {
        send(world, "POST", "/" + world.indexPrefix + alias + "/_refresh", "");
        return ContractJson.mapper()
                .readTree(send(world, "POST", "/" + world.indexPrefix + alias + "/_search", query))
                .at("/hits/hits");
    }

    private static String send(World world, String method, String path, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(world.search.url() + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(answer.body());
        }
        return answer.body();
    }
}
