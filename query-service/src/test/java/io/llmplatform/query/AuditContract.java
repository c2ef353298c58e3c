package io.llmplatform.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.testkit.PostgresServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the audit API asks of a search engine, over HTTP. Every engine that is named in the documentation passes it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AuditContract {
    private ReadSide readSide;

    abstract String url();

    @BeforeAll
    void start() throws IOException, GeneralSecurityException {
        readSide = new ReadSide(PostgresServer.shared(), url());
        readSide.user("usr_admin", "admin");
        entry("evt_1", 1, "team", "team_1", "req_1", "市场部预算评审小组");
        entry("evt_2", 2, "team", "team_2", "req_2", "Monthly reviews of prices");
        entry("evt_3", 3, "team", "team_1", "req_2", "café gpt-4o a.b@example.com");
        entry("evt_4", 4, "user", "usr_1", "req_3", "研发部张三");
        entry("evt_5", 5, "team", "team_1", "req_3", "=1+1");
        readSide.auditRead("red_1", """
                {"id":"red_1","at":"2026-11-20T10:00:03.500Z","position":0,"type":"read.AuditRead","entity_type":"read",
                 "entity_id":"red_1","actor":{"type":"user","id":"usr_admin"},"changes":[],"all":["prices"]}""");
    }

    @AfterAll
    void stop() {
        readSide.close();
    }

    @Test
    void findsWordsOfBothLanguagesAsTheyAreAndInOtherForms() {
        for (var q : List.of("市场部", "预算", "预算评审", "市场预算评审", "小组")) {
            assertThat(found("q=" + encode(q))).as(q).containsExactly("evt_1");
        }
        for (var q : List.of("monthly", "MONTHLY", "review", "reviewing", "mont", "price monthly")) {
            assertThat(found("q=" + encode(q))).as(q).containsExactly("evt_2");
        }
        for (var q : List.of("cafe", "gpt-4o", "gpt", "a.b@example.com")) {
            assertThat(found("q=" + encode(q))).as(q).containsExactly("evt_3");
        }
        assertThat(found("q=" + encode("张三"))).containsExactly("evt_4");
        assertThat(found("q=prices")).as("not who looked for it").containsExactly("evt_2");
        assertThat(found("q=prices&entity_type=read")).containsExactly("red_1");
        for (var q : List.of("财务部", "部市场", "yearly", "prices 预算")) {
            assertThat(found("q=" + encode(q))).as(q).isEmpty();
        }
    }

    @Test
    void filtersByWhatIsExact() {
        assertThat(found("entity_type=team&entity_id=team_1")).containsExactly("evt_5", "evt_3", "evt_1");
        assertThat(found("request_id=req_2")).containsExactly("evt_3", "evt_2");
        assertThat(found("type=team.TeamEdited&from=2026-11-20T10:00:02Z&to=2026-11-20T10:00:05Z"))
                .containsExactly("evt_4", "evt_3", "evt_2");
        assertThat(found("actor=usr_nobody")).isEmpty();
    }

    @Test
    void goesOnWhereAPageEnded() {
        var all = new ArrayList<String>();
        var cursor = "";
        do {
            var page =
                    readSide.get("/audit/events?limit=1" + cursor, "usr_admin").json();
            page.path("data").forEach(each -> all.add(each.path("id").asString()));
            cursor = page.has("next_cursor")
                    ? "&cursor=" + page.path("next_cursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        assertThat(all).containsExactly("evt_5", "evt_4", "red_1", "evt_3", "evt_2", "evt_1");
    }

    @Test
    void knowsTheNeighboursOfAnEntry() {
        var entry = readSide.get("/audit/events/evt_3", "usr_admin").json();
        assertThat(entry.at("/event/id").asString()).isEqualTo("evt_3");
        assertThat(entry.at("/before/id").asString()).isEqualTo("evt_1");
        assertThat(entry.at("/after/id").asString()).isEqualTo("evt_5");
        assertThat(entry.at("/same_request/0/id").asString()).isEqualTo("evt_2");
        assertThat(entry.path("same_request")).hasSize(1);
        assertThat(entry.path("event").has("all")).isFalse();
        assertThat(readSide.get("/audit/events/evt_9", "usr_admin").status()).isEqualTo(404);
    }

    @Test
    void writesAFileOfWhatItFinds() {
        var lines = readSide.get("/audit/export?entity_id=team_1", "usr_admin");
        assertThat(lines.header("X-Export-Rows")).isEqualTo("3");
        assertThat(lines.body()
                        .lines()
                        .map(line ->
                                ContractJson.mapper().readTree(line).path("id").asString()))
                .containsExactly("evt_5", "evt_3", "evt_1");
        var table = readSide.get("/audit/export?entity_id=team_1&format=csv", "usr_admin")
                .body();
        assertThat(table.lines()).hasSize(4);
        assertThat(table).startsWith("id,at,position,").contains(",'=1+1,").contains("市场部预算评审小组");
        assertThat(readSide.get("/audit/export?actor=usr_nobody", "usr_admin").header("X-Export-Rows"))
                .isEqualTo("0");
    }

    private List<String> found(String query) {
        var answer = readSide.get("/audit/events?" + query, "usr_admin");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json()
                .path("data")
                .valueStream()
                .map(each -> each.path("id").asString())
                .toList();
    }

    private void entry(String id, int position, String type, String entity, String request, String name) {
        readSide.audit(id, """
                {"id":"%s","at":"2026-11-20T10:00:0%dZ","position":%d,"type":"team.TeamEdited","request_id":"%s",
                 "actor":{"type":"user","id":"usr_admin"},"entity_type":"%s","entity_id":"%s","entity_name":"%s",
                 "changes":[],"all":["%s"]}""".formatted(id, position, position, request, type, entity, name, name));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
