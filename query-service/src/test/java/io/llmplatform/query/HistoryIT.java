package io.llmplatform.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The time machine over HTTP, on rows as the projections write them. A second between two positions. */
class HistoryIT {
    private static ReadSide readSide;

    @BeforeAll
    static void start() {
        readSide = ReadSide.shared();
        readSide.user("usr_admin", "admin");
        row(1, "team", "team_1", 0, "{\"name\":\"Crew\",\"status\":\"active\",\"managers\":[\"usr_1\",\"usr_2\"]}");
        row(
                2,
                "user",
                "usr_1",
                0,
                "{\"username\":\"ines\",\"role\":\"manager\",\"status\":\"active\",\"team_id\":\"team_1\"}");
        row(
                3,
                "provider",
                "prv_1",
                0,
                "{\"name\":\"Mock\",\"type\":\"mock\",\"base_url\":\"mock:\",\"status\":\"active\"}");
        row(4, "model", "mdl_1", 0, model("one", "{\"fallbacks\":[\"two\"]}"));
        row(5, "model", "mdl_2", 0, model("two", "{}"));
        row(6, "api_key", "key_1", 0, key("active", "\"allowed_models\":[\"one\"]"));
        row(
                7,
                "api_key",
                "key_2",
                0,
                key("active", "\"expires_at\":\"2026-11-20T10:00:30Z\",\"limits\":{\"concurrency\":2}"));
        row(8, "team", "team_1", 1, "{\"name\":\"Band\",\"status\":\"disabled\",\"managers\":[\"usr_1\"]}");
        row(9, "team", "team_1", 2, "{\"name\":\"Band\",\"status\":\"active\",\"managers\":[\"usr_1\"]}");
        row(10, "api_key", "key_1", 1, key("revoked", "\"allowed_models\":[\"one\"]"));
        row(
                11,
                "provider",
                "prv_1",
                1,
                "{\"name\":\"Mock\",\"type\":\"mock\",\"base_url\":\"mock:\",\"status\":\"disabled\"}");
    }

    @AfterAll
    static void stop() {
        readSide.close();
    }

    @Test
    void anEntityIsToldWithTheNamesThatOthersHadThen() {
        var key = get("/audit/entities/api_key/key_1?position=6");
        assertThat(key.at("/entity/username").asString()).isEqualTo("ines");
        assertThat(key.at("/event/id").asString()).isEqualTo("evt_6");
        assertThat(get("/audit/entities/api_key/key_1?at=2026-11-20T10:00:09.999Z")
                        .at("/entity/status")
                        .asString())
                .isEqualTo("active");
        assertThat(get("/audit/entities/api_key/key_1?at=2026-11-20T10:00:10Z")
                        .at("/entity/status")
                        .asString())
                .isEqualTo("revoked");
        assertThat(get("/audit/entities/api_key/key_2?at=2026-11-20T10:00:30Z")
                        .at("/entity/status")
                        .asString())
                .isEqualTo("expired");
        assertThat(get("/audit/entities/team/team_1?position=7")
                        .at("/entity/managers")
                        .toString())
                .isEqualTo("[{\"user_id\":\"usr_1\",\"username\":\"ines\"}]");
        assertThat(get("/audit/entities/model/mdl_1")
                        .at("/entity/deployments/0/provider_name")
                        .asString())
                .isEqualTo("Mock");
        for (var path : List.of(
                "/audit/entities/api_key/key_1?position=5",
                "/audit/entities/api_key/key_1?at=2026-11-20T10:00:05Z",
                "/audit/entities/session/ses_1",
                "/audit/entities/user/usr_1?position=0")) {
            assertThat(readSide.get(path, "usr_admin").status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void aTimelineGoesBackPageByPage() {
        var first = get("/audit/entities/team/team_1/timeline?limit=2");
        assertThat(ids(first.path("data"), "/event/id")).containsExactly("evt_9", "evt_8");
        var second = get("/audit/entities/team/team_1/timeline?limit=2&cursor="
                + first.path("next_cursor").asString());
        assertThat(ids(second.path("data"), "/event/id")).containsExactly("evt_1");
        assertThat(second.path("data").get(0).path("changes").toString()).isEqualTo("[{\"field\":\"x\"}]");
    }

    @Test
    void aDifferenceNamesWhatIsAnotherAndWhatDidIt() {
        var diff = get("/audit/diff?from=2026-11-20T10:00:05Z&to=2026-11-20T10:00:10Z");
        assertThat(ids(diff.path("data"), "/id")).containsExactly("key_1", "key_2", "team_1");
        assertThat(ids(diff.path("data"), "/change")).containsExactly("created", "created", "changed");
        assertThat(diff.at("/data/2/fields").toString())
                .isEqualTo("[{\"field\":\"name\",\"before\":\"Crew\",\"after\":\"Band\"},"
                        + "{\"field\":\"managers\",\"before\":[\"usr_1\",\"usr_2\"],\"after\":[\"usr_1\"]}]");
        assertThat(ids(diff.at("/data/2/events"), "/id")).containsExactly("evt_8", "evt_9");
        var removed = get("/audit/diff?from=2026-11-20T10:00:09Z&to=2026-11-20T10:00:10Z");
        assertThat(ids(removed.path("data"), "/change")).containsExactly("removed");
        var all = new ArrayList<String>();
        var cursor = "";
        do {
            var page = get("/audit/diff?from=2026-11-20T10:00:00Z&limit=1" + cursor);
            all.addAll(ids(page.path("data"), "/id"));
            cursor = page.has("next_cursor")
                    ? "&cursor=" + page.path("next_cursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        assertThat(all).containsExactly("key_1", "key_2", "mdl_1", "mdl_2", "prv_1", "team_1", "usr_1");
    }

    @Test
    void accessFollowsFromWhatWasConfigured() {
        assertThat(access("position=7"))
                .containsExactly("key_1 one yes", "key_1 two model_not_allowed", "key_2 one yes", "key_2 two yes");
        assertThat(access("position=8"))
                .containsExactly(
                        "key_1 one team_disabled",
                        "key_1 two team_disabled",
                        "key_2 one team_disabled",
                        "key_2 two team_disabled");
        assertThat(access("position=10&model=one")).containsExactly("key_1 one key_disabled", "key_2 one yes");
        assertThat(access("position=11&model=one&api_key_id=key_2")).containsExactly("key_2 one no_deployment");
        assertThat(access("at=2026-11-20T10:00:30Z&model=one&user_id=usr_1"))
                .containsExactly("key_1 one key_disabled", "key_2 one key_expired");
        assertThat(access("user_id=usr_2")).isEmpty();
        var row = get("/audit/access?position=9&api_key_id=key_2&model=one").at("/data/0");
        assertThat(ids(row.path("rests_on"), "/event_id"))
                .containsExactly("evt_7", "evt_2", "evt_9", "evt_4", "evt_3", "evt_5");
        assertThat(row.at("/limits/0").toString())
                .isEqualTo("{\"type\":\"api_key\",\"id\":\"key_2\",\"limits\":{\"concurrency\":2}}");
        assertThat(ids(row.path("served_by"), "/model")).containsExactly("one", "two");
        var seen = new ArrayList<String>();
        var cursor = "";
        do {
            var page = get("/audit/access?position=7&limit=1" + cursor);
            page.path("data").forEach(each -> seen.add(told(each)));
            cursor = page.has("next_cursor")
                    ? "&cursor=" + page.path("next_cursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        assertThat(seen).isEqualTo(access("position=7"));
    }

    private static List<String> access(String query) {
        return get("/audit/access?" + query)
                .path("data")
                .valueStream()
                .map(HistoryIT::told)
                .toList();
    }

    private static String told(JsonNode row) {
        return row.at("/api_key/id").asString() + " " + row.at("/model/name").asString() + " "
                + (row.path("allowed").asBoolean() ? "yes" : row.path("reason").asString());
    }

    private static List<String> ids(JsonNode rows, String pointer) {
        return rows.valueStream().map(row -> row.at(pointer).asString()).toList();
    }

    private static JsonNode get(String path) {
        var answer = readSide.get(path, "usr_admin");
        assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static String model(String name, String routing) {
        return """
                {"name":"%s","status":"active","routing":%s,"created_at":"2026-11-20T10:00:00Z",
                 "deployments":[{"id":"dep_%s","provider_id":"prv_1","upstream_model":"m","weight":1}]}""".formatted(name, routing, name);
    }

    private static String key(String status, String more) {
        return """
                {"name":"k","prefix":"sk-1","kind":"personal","user_id":"usr_1","status":"%s",%s}""".formatted(status, more);
    }

    private static void row(int position, String type, String id, int sequence, String state) {
        readSide.jdbc
                .sql("""
                        insert into readmodel.entity_version values
                        (?, ?, ?, ?, timestamptz '2026-11-20 10:00:00Z' + ? * interval '1 second', ?, 'a.B', 'user', 'usr_admin',
                         'admin', null, 'req_1', cast(? as jsonb), '[{"field":"x"}]')""")
                .params(type, id, sequence, position, position, "evt_" + position, state)
                .update();
    }
}
