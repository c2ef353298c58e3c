package io.llmplatform.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.http.Headers;
import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QueryIT {
    private static final String RECORD = """
            {"request_id":"%s","at":"%s","user_id":"usr_admin","endpoint":"chat.completions","model":"%s","stream":false,
             "outcome":"%s","status":200,"prompt_tokens":10,"completion_tokens":5,"cached_tokens":0,"reasoning_tokens":0,
             "tokens_estimated":false,"cost":0.0000000001,"currency":"USD","latency_ms":100,"attempts":1,"gateway":"g"}""";

    private static ReadSide readSide;

    @BeforeAll
    static void start() {
        readSide = ReadSide.shared();
        readSide.user("usr_admin", "admin");
        var records = new ArrayList<String>();
        // 10:30, 11:00 … 15:30: a half hour at each end of [10:15, 15:45) that roll-ups cannot answer
        for (int half = 0; half < 11; half++) {
            var at = "2026-11-20T%02d:%02d:00Z".formatted(10 + (half + 1) / 2, half % 2 == 0 ? 30 : 0);
            records.add(RECORD.formatted(
                    "req_s" + half, at, half < 8 ? "big" : "m" + half, half == 0 ? "failed" : "completed"));
        }
        readSide.usage("[" + String.join(",", records) + "]");
    }

    @AfterAll
    static void stop() {
        readSide.close();
    }

    @Test
    void summaryIsRightForAnyRangeAndMoneyIsExact() {
        var all = get("/usage/summary?from=2026-11-20T10:15:00Z&to=2026-11-20T15:45:00Z");
        assertThat(all).contains("\"requests\":11", "\"total_tokens\":165", "\"cost\":0.0000000011");
        assertThat(all).contains("\"success_rate\":0.909091").contains("\"ttft_ms\":{\"p50\":null");
        var p50 = readSide.get("/usage/summary?from=2026-11-20T10:15:00Z&to=2026-11-20T15:45:00Z", "usr_admin")
                .json()
                .at("/latency_ms/p50")
                .asDouble();
        assertThat(p50).isBetween(97.0, 103.0);
        assertThat(get("/usage/summary?from=2026-11-20T10:30:00Z&to=2026-11-20T15:30:00Z"))
                .contains("\"requests\":10");
        assertThat(get("/usage/summary?from=2026-11-20T11:05:00Z&to=2026-11-20T11:45:00Z"))
                .contains("\"requests\":1,");
        assertThat(get("/usage/summary?from=2026-11-20T11:00:00Z&to=2026-11-20T12:00:00Z"))
                .contains("\"requests\":2");
        assertThat(get("/usage/summary?from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z"))
                .contains("\"requests\":0", "\"success_rate\":null", "\"cost\":0,");
    }

    @Test
    void seriesFillsEmptyIntervalsAndAddsUp() {
        for (var interval : new String[] {"minute", "hour", "day"}) {
            var series = readSide.get(
                            "/usage/timeseries?from=2026-11-20T09:15:00Z&to=2026-11-20T15:45:00Z&interval=" + interval,
                            "usr_admin")
                    .json()
                    .at("/series/0/points");
            assertThat(series).hasSize(interval.equals("minute") ? 390 : interval.equals("hour") ? 7 : 1);
            assertThat(series.valueStream()
                            .mapToInt(p -> p.path("requests").asInt())
                            .sum())
                    .as(interval)
                    .isEqualTo(11);
        }
        var grouped = readSide.get(
                        "/usage/timeseries?from=2026-11-20T09:15:00Z&to=2026-11-20T15:45:00Z&group_by=model",
                        "usr_admin")
                .json();
        assertThat(grouped.at("/series/0/key").asString()).isEqualTo("big");
        assertThat(readSide.get("/usage/timeseries?from=2026-01-01T00:00:00Z&interval=minute", "usr_admin")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aModelNamedLikeTheRestIsNotTakenForIt() {
        var records = new ArrayList<String>();
        for (int i = 0; i < 24; i++) {
            records.add(
                    RECORD.formatted("req_g" + i, "2026-11-25T10:00:00Z", i < 3 ? "other" : "group" + i, "completed"));
        }
        readSide.usage("[" + String.join(",", records) + "]");

        var series = readSide.get(
                        "/usage/timeseries?from=2026-11-25T00:00:00Z&to=2026-11-26T00:00:00Z&interval=day&group_by=model",
                        "usr_admin")
                .json()
                .path("series");

        assertThat(series).hasSize(21);
        for (var place : new int[] {0, 20}) {
            assertThat(series.path(place).path("key").asString()).isEqualTo("other");
        }
        assertThat(series.at("/0/points/0/requests").asInt()).isEqualTo(3);
        assertThat(series.at("/20/points/0/requests").asInt()).isEqualTo(2);
    }

    @Test
    void pagesStayStableWhileRowsArrive() {
        var seen = new HashSet<String>();
        String cursor = null;
        int page = 0;
        do {
            var answer = readSide.get(
                            "/usage/requests?limit=3&to=2026-11-21T00:00:00Z"
                                    + (cursor == null ? "" : "&cursor=" + cursor),
                            "usr_admin")
                    .json();
            answer.path("data")
                    .forEach(row -> assertThat(seen.add(row.path("request_id").asString()))
                            .isTrue());
            cursor = answer.path("next_cursor").asString(null);
            readSide.usage(
                    "[" + RECORD.formatted("req_late" + page, "2026-11-20T23:00:0" + page + "Z", "late", "completed")
                            + "]");
            page++;
        } while (cursor != null && page < 9);
        assertThat(seen).hasSizeGreaterThanOrEqualTo(11).doesNotContain("req_late0");
        readSide.jdbc
                .sql("delete from readmodel.usage_request where rest like '{\"id\": \"req_late%'")
                .update();

        for (int i = 0; i < 5; i++) {
            readSide.user("usr_page" + i, "member");
        }
        var first = readSide.get("/users?limit=2", "usr_admin").json();
        readSide.user("usr_page_new", "member");
        var second = readSide.get(
                        "/users?limit=500&cursor=" + first.path("next_cursor").asString(), "usr_admin")
                .json();
        assertThat(first.path("data")).hasSize(2);
        assertThat(second.path("data").valueStream().map(u -> u.path("id").asString()))
                .contains("usr_page0", "usr_admin")
                .doesNotContain("usr_page_new", "usr_page4");
        assertThat(second.has("next_cursor")).isFalse();
    }

    @Test
    void refusesWhatTheDocumentDoesNotKnow() {
        for (var path : new String[] {
            "/users?limt=3",
            "/users?limit=0",
            "/users?limit=501",
            "/users?limit=x",
            "/users?role=king",
            "/users?q=%00",
            "/users?cursor=AAAA",
            "/audit/events?cursor=x%25",
            "/usage/summary?from=yesterday",
            "/usage/requests?status=2x",
            "/usage/summary?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
            "/users?q=a&q=b"
        }) {
            var answer = readSide.get(path, "usr_admin");
            assertThat(answer.status()).as(path + answer.body()).isEqualTo(400);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.json().path("errors")).as(path).isNotEmpty();
        }
        assertThat(readSide.get("/nothing", "usr_admin").status()).isEqualTo(404);
    }

    @Test
    void nestedValuesAreAnsweredAsTheyAreKept() {
        readSide.jdbc.sql("""
                        insert into readmodel.api_key (id, version, name, prefix, user_id, status, scopes, allowed_ips, limits,
                            budgets, cache, metadata, created_at, updated_at)
                        values ('key_n', 0, 'n', 'sk-n', 'usr_admin', 'active', array['embeddings'], array['::1'],
                            '{"concurrency":2}', '[]', false, '{"a":"b"}', now(), now())""").update();
        readSide.jdbc.sql("""
                        insert into readmodel.model (id, version, name, routing, limits, cache, status, created_at, updated_at)
                        values ('mdl_n', 0, 'n', '{"sticky":"user"}', '{"concurrency":3}', '{"ttl_seconds":60}', 'active',
                            now(), now())""").update();
        readSide.jdbc.sql("""
                        insert into readmodel.deployment values
                        ('dep_n', 'mdl_n', 0, 'prv_n', 'up', 7, 1, '{"stream":true}', '{"concurrency":4}', '{"input":2.5}')""").update();

        assertThat(get("/api-keys/key_n"))
                .contains("\"scopes\":[\"embeddings\"]", "\"allowed_ips\":[\"::1\"]", "\"limits\":{\"concurrency\":2}")
                .contains("\"budgets\":[]", "\"cache\":false", "\"metadata\":{\"a\":\"b\"}");
        assertThat(get("/models/mdl_n"))
                .contains("\"routing\":{\"sticky\":\"user\"}", "\"cache\":{\"ttl_seconds\":60}")
                .contains("\"priority\":1,\"when\":{\"stream\":true},\"limits\":{\"concurrency\":4},")
                .contains("\"price\":{\"input\":2.5}");

        // The same rows as a file that an import takes.
        assertThat(get("/exports/api-keys?format=csv"))
                .startsWith("id,name,prefix,status,scopes,")
                .contains("key_n,n,sk-n,active,\"[\"\"embeddings\"\"]\"", ",name-usr_admin")
                .doesNotContain("created_at", "user_id");
        assertThat(get("/exports/models"))
                .contains("\"deployments\":[{\"provider_id\":\"prv_n\",\"upstream_model\":\"up\",\"weight\":7")
                .doesNotContain("dep_n", "version");
        assertThat(get("/exports/users")).contains("\"username\":\"name-usr_admin\"");
    }

    @Test
    void usageIsFilteredAndGroupedByTeamAndEndpointInRowsAndRollUps() {
        var embedding = RECORD.replace("chat.completions", "embeddings").replace("\"gateway\"", """
                        "team_id":"team_q","served_model":"spare","cache_hit":true,"metadata":{"a":"b"},
                        "trail":[{"deployment":"dep_1","result":"status_503","ms":7}],"gateway\"""");
        readSide.user("usr_q", "member");
        readSide.usage("["
                + embedding.formatted("req_q1", "2026-10-05T10:30:00Z", "e", "completed") + ","
                + embedding
                        .formatted("req_q2", "2026-10-05T12:30:00Z", "e", "completed")
                        .replace("usr_admin", "usr_q")
                + "," + RECORD.formatted("req_q3", "2026-10-05T12:30:00Z", "c", "completed") + "]");
        var period = "?from=2026-10-05T10:15:00Z&to=2026-10-05T13:45:00Z";

        for (var filter : new String[] {"&team_id=team_q", "&endpoint=embeddings"}) {
            assertThat(get("/usage/summary" + period + filter)).as(filter).contains("\"requests\":2,");
            assertThat(readSide.get("/usage/requests" + period + filter, "usr_admin")
                            .json()
                            .path("data"))
                    .hasSize(2);
        }
        assertThat(get("/usage/timeseries" + period + "&group_by=endpoint&interval=day"))
                .contains("\"key\":\"embeddings\"", "\"key\":\"chat.completions\"");
        assertThat(get("/usage/requests?request_id=req_q1"))
                .contains("\"team_id\":\"team_q\"", "\"served_model\":\"spare\"", "\"cache_hit\":true")
                .contains("\"trail\":[{\"ms\":7,\"result\":\"status_503\",\"deployment\":\"dep_1\"}]");
        assertThat(readSide.get("/usage/requests?request_id=req_q2", "usr_q").body())
                .contains("\"metadata\":{\"a\":\"b\"}")
                .doesNotContain("trail");
        assertThat(readSide.get("/usage/requests?endpoint=chat", "usr_admin").status())
                .isEqualTo(400);
        assertThat(readSide.get("/users?=x", "usr_admin").status()).isEqualTo(400);
    }

    @Test
    void waitsForTheTokenAndSaysWhenItIsBehind() {
        readSide.progress("users", 10);
        assertThat(readSide.get("/users", "usr_admin", Headers.CONSISTENCY_TOKEN, "10")
                        .header(Headers.CONSISTENCY))
                .isNull();
        assertThat(readSide.get("/users", "usr_admin", Headers.CONSISTENCY_TOKEN, "11")
                        .header(Headers.CONSISTENCY))
                .isEqualTo("behind");
        assertThat(readSide.get("/users", "usr_admin", Headers.CONSISTENCY_TOKEN, "x")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void auditFindsWhatAPersonTypes() {
        readSide.audit("e1", """
                {"id":"e1","at":"2026-11-20T10:00:00Z","position":1,"type":"user.UserEdited","actor":{"type":"user","id":"usr_1"},
                 "entity_type":"user","entity_id":"usr_1","changes":[],
                 "all":["usr_1","developer","10.1.2.3","gpt-4o","研发部张三","a.b@example.com","UserEdited"]}""");
        readSide.audit("e2", """
                {"id":"e2","at":"2026-11-20T11:00:00Z","position":2,"type":"user.UserEdited","actor":{"type":"user","id":"usr_2"},
                 "entity_type":"user","entity_id":"usr_2","changes":[],"all":["usr_2","张伟"]}""");
        for (var q : new String[] {
            "usr_1", "dev", "10.1.2.3", "gpt-4o", "张三", "研发", "a.b@example.com", "useredited developer", "developer -"
        }) {
            assertThat(found(q)).as(q).containsExactly("e1");
        }
        for (var q : new String[] {"\"", "(((", "AND OR NOT", "a:b~*?/\\", "!!!", "{\"x\":1}", "x ".repeat(200)}) {
            assertThat(readSide.get("/audit/events?q=" + encode(q), "usr_admin").status())
                    .as(q)
                    .isEqualTo(200);
        }
        var page = readSide.get("/audit/events?limit=1", "usr_admin").json();
        assertThat(page.at("/data/0/id").asString()).isEqualTo("e2");
        assertThat(page.at("/data/0").has("all")).isFalse();
        assertThat(readSide.get(
                                "/audit/events?limit=1&cursor="
                                        + page.path("next_cursor").asString(),
                                "usr_admin")
                        .json()
                        .at("/data/0/id")
                        .asString())
                .isEqualTo("e1");
    }

    private static java.util.List<String> found(String q) {
        return readSide.get("/audit/events?q=" + encode(q), "usr_admin")
                .json()
                .path("data")
                .valueStream()
                .map(event -> event.path("id").asString())
                .toList();
    }

    private static String encode(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String get(String path) {
        return readSide.get(path, "usr_admin").body();
    }
}
