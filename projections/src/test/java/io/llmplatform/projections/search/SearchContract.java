package io.llmplatform.projections.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.aggregations.CalendarInterval;
import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.Target;
import io.llmplatform.projections.runtime.TransientFailure;
import io.llmplatform.projections.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What the projections ask of a search engine. Every engine that is named in the documentation passes it, on the real server. */
abstract class SearchContract {
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
    private static final ProjectionId PROJECTION = new ProjectionId("any", 1);
    private static final Target LIVE = new Target(PROJECTION, 1, "readmodel");
    private static final Target BESIDE = new Target(PROJECTION, 2, "build_any_2");

    private final String prefix = "t" + UUID.randomUUID().toString().substring(0, 8) + "-";
    private Rest5Client rest;
    private ElasticsearchClient client;
    private SearchIndices indices;

    abstract String url();

    @BeforeEach
    void connect() {
        var settings = new Settings(
                "postgresql://nobody@127.0.0.1:1/none",
                "demo",
                "demo-personal-data-key-0123456789-01",
                new Settings.Kafka("127.0.0.1:1", (short) 1),
                new Settings.Search(url(), "", "", prefix));
        var configuration = new SearchConfiguration();
        rest = configuration.searchConnections(settings);
        client = configuration.searchClient(rest);
        indices = new SearchIndices(client, rest, new MonthsInMemory(), Clock.systemUTC(), settings);
    }

    @AfterEach
    void close() throws IOException {
        rest.close();
    }

    @Test
    void takesEveryMappingAndAddsToOneThatIsThere() {
        for (var name : List.of("audit", "audit-reads", "requests", "logs")) {
            var index = indices.index(name);
            assertThat(index.exists(LIVE)).as(name).isFalse();
            index.ensure(LIVE);
            assertThat(index.exists(LIVE)).as(name).isTrue();
            index.ensure(LIVE);
        }
    }

    @Test
    void neverReplacesADocumentByAnOlderVersionOfIt() throws IOException {
        var index = indices.index("audit");
        index.ensure(LIVE);
        index.write(LIVE, List.of(audit("e1", 5, "five"), audit("e2", 5, "five")));
        index.write(
                LIVE,
                List.of(
                        audit("e1", 3, "three"),
                        audit("e1", 5, "again"),
                        audit("e2", 6, "six"),
                        audit("e3", 1, "one")));
        refresh("audit");
        assertThat(find("audit")).containsExactlyInAnyOrder("e1 five", "e2 six", "e3 one");
    }

    @Test
    void noticesThatTheIndexIsLost() throws IOException {
        var index = indices.index("audit");
        index.ensure(LIVE);
        index.write(LIVE, List.of(audit("e1", 1, "one")));
        client.indices().delete(d -> d.index(prefix + "audit-b1-2026.11"));
        assertThat(index.exists(LIVE)).isFalse();
        assertThatThrownBy(() -> index.write(LIVE, List.of(audit("e2", 2, "two"))))
                .isInstanceOf(TransientFailure.class);
        index.ensure(LIVE);
        index.write(LIVE, List.of(audit("e2", 2, "two")));
        refresh("audit");
        assertThat(find("audit")).containsExactly("e2 two");
    }

    @Test
    void refusesOnlyTheDocumentThatIsWrong() throws IOException {
        var index = indices.index("audit");
        index.ensure(LIVE);
        var wrong =
                new SearchDocument("e2", AT, 1, "{\"id\":\"e2\",\"at\":\"no time\"}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> index.write(LIVE, List.of(audit("e1", 1, "one"), wrong, audit("e3", 1, "three"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("e2");
        refresh("audit");
        assertThat(find("audit")).containsExactlyInAnyOrder("e1 one", "e3 three");
    }

    @Test
    void writesThousandsAtOnce() throws IOException {
        var index = indices.index("requests");
        index.ensure(LIVE);
        var documents = new ArrayList<SearchDocument>();
        for (int i = 0; i < 3_000; i++) {
            documents.add(
                    request("req_" + i, Instant.parse("2026-11-20T00:00:00Z").plusSeconds(i), "m" + i % 3, i % 100));
        }
        index.write(LIVE, documents);
        refresh("requests");
        assertThat(count("requests")).isEqualTo(3_000);
    }

    @Test
    void addsUpByModelByHourAndInPercentiles() throws IOException {
        var index = indices.index("requests");
        index.ensure(LIVE);
        var documents = new ArrayList<SearchDocument>();
        for (int i = 0; i < 200; i++) {
            documents.add(request(
                    "req_" + i, Instant.parse("2026-11-20T00:00:00Z").plusSeconds(36L * i), "m" + i % 2, i % 100 + 1));
        }
        index.write(LIVE, documents);
        refresh("requests");
        var answer = client.search(
                s -> s.index(prefix + "requests")
                        .size(0)
                        .aggregations("models", a -> a.terms(t -> t.field("model.exact"))
                                .aggregations("tokens", b -> b.sum(t -> t.field("prompt_tokens"))))
                        .aggregations(
                                "hours",
                                a -> a.dateHistogram(h -> h.field("at").calendarInterval(CalendarInterval.Hour)))
                        .aggregations(
                                "latency",
                                a -> a.percentiles(p ->
                                        p.field("latency_ms").percents(50.0).keyed(false))),
                ObjectNode.class);
        var models = answer.aggregations().get("models").sterms().buckets().array();
        assertThat(models)
                .extracting(bucket -> bucket.key().stringValue() + " " + bucket.docCount())
                .containsExactlyInAnyOrder("m0 100", "m1 100");
        assertThat(models.getFirst().aggregations().get("tokens").sum().value()).isEqualTo(1_000.0);
        assertThat(answer.aggregations().get("hours").dateHistogram().buckets().array())
                .extracting(bucket -> bucket.docCount())
                .containsExactly(100L, 100L);
        assertThat(answer.aggregations()
                        .get("latency")
                        .tdigestPercentiles()
                        .values()
                        .array()
                        .getFirst()
                        .value())
                .isBetween(49.0, 52.0);
    }

    @Test
    void keepsAnIndexForEachMonthAndDropsThoseThatAreOver() throws IOException {
        var index = indices.index("requests");
        index.ensure(LIVE);
        index.write(
                LIVE,
                List.of(
                        request("req_1", Instant.parse("2026-09-30T23:59:59Z"), "m", 1),
                        request("req_2", Instant.parse("2026-10-01T00:00:00Z"), "m", 1),
                        request("req_3", AT, "m", 1)));
        refresh("requests");
        assertThat(count("requests")).isEqualTo(3);
        index.dropBefore(PROJECTION.name(), YearMonth.of(2026, 10));
        assertThat(count("requests")).isEqualTo(2);
        assertThat(index.exists(LIVE)).isTrue();
    }

    @Test
    void aBuildIsFilledUnseenTalliedShownAtOnceAndTakenAway() throws IOException {
        var index = indices.index("audit");
        index.ensure(LIVE);
        index.write(LIVE, List.of(audit("e1", 1, "one"), audit("e2", 2, "two")));
        index.ensure(BESIDE);
        index.write(BESIDE, List.of(audit("e1", 1, "one"), audit("e2", 2, "TWO")));
        refresh("audit");
        assertThat(find("audit")).containsExactlyInAnyOrder("e1 one", "e2 two");
        assertThat(index.tally(BESIDE, "at")).isNotEqualTo(index.tally(LIVE, "at"));
        index.write(BESIDE, List.of(audit("e2", 3, "two again")));
        index.write(LIVE, List.of(audit("e2", 3, "two again")));
        assertThat(index.tally(BESIDE, "at"))
                .isEqualTo(index.tally(LIVE, "at"))
                .containsOnlyKeys("documents 2026-11-20");
        index.show(BESIDE);
        index.drop(LIVE);
        refresh("audit");
        assertThat(find("audit")).containsExactlyInAnyOrder("e1 one", "e2 two again");
    }

    /** The search server is what is looked at here. */
    private static final class MonthsInMemory implements SearchMonths {
        private final Set<Month> months = new LinkedHashSet<>();

        @Override
        public List<YearMonth> of(Target target) {
            return months.stream()
                    .filter(month -> month.target().equals(target))
                    .map(Month::month)
                    .toList();
        }

        @Override
        public void add(Target target, YearMonth month) {
            months.add(new Month(target, month));
        }

        @Override
        public List<Month> before(String projection, YearMonth before) {
            return months.stream()
                    .filter(month -> month.month().isBefore(before))
                    .toList();
        }

        @Override
        public void remove(Target target, YearMonth month) {
            months.remove(new Month(target, month));
        }

        @Override
        public void remove(Target target) {
            months.removeIf(month -> month.target().equals(target));
        }
    }

    private static SearchDocument audit(String id, long version, String name) {
        var body = "{\"id\":\"" + id + "\",\"at\":\"" + AT + "\",\"position\":" + version + ",\"entity_name\":\"" + name
                + "\"}";
        return new SearchDocument(id, AT, version, body.getBytes(StandardCharsets.UTF_8));
    }

    private static SearchDocument request(String id, Instant at, String model, int latency) {
        var body = ContractJson.mapper()
                .createObjectNode()
                .put("request_id", id)
                .put("at", at.toString())
                .put("model", model)
                .put("prompt_tokens", 10)
                .put("latency_ms", latency);
        return new SearchDocument(id, at, 1, ContractJson.mapper().writeValueAsBytes(body));
    }

    private List<String> find(String name) throws IOException {
        return client.search(s -> s.index(prefix + name).size(100), ObjectNode.class).hits().hits().stream()
                .map(hit -> hit.id() + " " + hit.source().path("entity_name").asString())
                .toList();
    }

    private long count(String name) throws IOException {
        return client.count(c -> c.index(prefix + name)).count();
    }

    private void refresh(String name) throws IOException {
        rest.performRequest(new Request("POST", "/" + prefix + name + "/_refresh"));
    }
}
