package io.llmplatform.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class AccessIT {
    private static final String ALL = "admin auditor manager member";
    private static final String PRIVILEGED = "admin auditor";

    /** Who may call what; an operation of the document that is not here fails the test. */
    private static final Map<String, String> RULES = Map.ofEntries(
            Map.entry("/users", ALL),
            Map.entry("/users/{id}", PRIVILEGED), // of another person
            Map.entry("/teams", ALL),
            Map.entry("/teams/{id}", ALL),
            Map.entry("/api-keys", ALL),
            Map.entry("/api-keys/{id}", ALL),
            Map.entry("/providers", PRIVILEGED),
            Map.entry("/providers/{id}", PRIVILEGED),
            Map.entry("/models", ALL),
            Map.entry("/models/{id}", ALL),
            Map.entry("/prices", ALL),
            Map.entry("/settings", PRIVILEGED),
            Map.entry("/exports/users", PRIVILEGED),
            Map.entry("/exports/api-keys", PRIVILEGED),
            Map.entry("/exports/models", PRIVILEGED),
            Map.entry("/usage/summary", ALL),
            Map.entry("/usage/timeseries", ALL),
            Map.entry("/usage/requests", ALL),
            Map.entry("/usage/breakdown", ALL),
            Map.entry("/usage/compare", ALL),
            Map.entry("/usage/heatmap", ALL),
            Map.entry("/usage/costs", ALL),
            Map.entry("/usage/what-if", ALL),
            Map.entry("/usage/activity", ALL),
            Map.entry("/usage/anomalies", ALL),
            Map.entry("/usage/budgets", ALL),
            Map.entry("/usage/requests/export", ALL),
            Map.entry("/usage/requests/{id}", ALL),
            Map.entry("/audit/events", PRIVILEGED),
            Map.entry("/projections", PRIVILEGED),
            Map.entry("/projections/{name}", PRIVILEGED),
            Map.entry("/projections/{name}/parked", PRIVILEGED),
            Map.entry("/audit/events/{id}", PRIVILEGED),
            Map.entry("/audit/export", PRIVILEGED),
            Map.entry("/audit/searches", PRIVILEGED),
            Map.entry("/audit/entities/{type}/{id}", PRIVILEGED),
            Map.entry("/audit/entities/{type}/{id}/timeline", PRIVILEGED),
            Map.entry("/audit/diff", PRIVILEGED),
            Map.entry("/audit/access", PRIVILEGED),
            Map.entry("/system/logs", PRIVILEGED),
            Map.entry("/system/health", PRIVILEGED));

    private static ReadSide readSide;

    @BeforeAll
    static void start() {
        readSide = ReadSide.shared();
        for (var role : ALL.split(" ", -1)) {
            readSide.user("usr_" + role, role);
        }
    }

    @AfterAll
    static void stop() {
        readSide.close();
    }

    @Test
    void everyOperationOfTheDocumentHasARuleAndKeepsIt() {
        var operations = operations().toList();
        assertThat(operations).hasSize(RULES.size());
        for (var path : operations) {
            assertThat(RULES).as("rule for GET " + path).containsKey(path);
            var concrete =
                    path.replace("{id}", "nobody").replace("{name}", "nobody").replace("{type}", "user")
                            + (path.equals("/audit/diff") ? "?from=2026-01-01T00:00:00Z" : "");
            assertThat(readSide.getWithToken(concrete, null).status()).as(path).isEqualTo(401);
            for (var role : ALL.split(" ", -1)) {
                var answer = readSide.get(concrete, "usr_" + role);
                boolean allowed = RULES.get(path).contains(role);
                assertThat(answer.status() == 403).as(path + " as " + role).isEqualTo(!allowed);
                if (allowed) {
                    assertThat(answer.status())
                            .as(path + " as " + role + ": " + answer.body())
                            .isEqualTo(path.contains("{") ? 404 : 200);
                } else {
                    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                    assertThat(answer.json().path("request_id").asString()).startsWith("req_");
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Stream<String> operations() {
        Map<String, Object> document = new Yaml().load(AccessIT.class.getResourceAsStream("/openapi/management.yaml"));
        return ((Map<String, Map<String, Object>>) document.get("paths"))
                .entrySet().stream()
                        .filter(path -> path.getValue().get("get") instanceof Map<?, ?> get
                                && !"gateway".equals(get.get("x-served-by")))
                        .map(Map.Entry::getKey)
                        .filter(path -> !path.startsWith("/auth/")) // the command-service's
                        .filter(path -> !path.equals("/live")); // has no end: LiveIT
    }

    @Test
    void aMemberSeesOnlyWhatIsTheirs() {
        readSide.jdbc.sql("""
                        insert into readmodel.api_key values
                        ('key_own', 0, 'own', 'sk-own', 'usr_member', 'active', null, null, now(), now()),
                        ('key_other', 0, 'other', 'sk-other', 'usr_admin', 'active', array['m'], now(), now(), now())""").update();

        assertThat(readSide.get("/api-keys", "usr_member").json().path("data")).hasSize(1);
        assertThat(readSide.get("/api-keys/key_other", "usr_member").status()).isEqualTo(404);
        assertThat(readSide.get("/api-keys/key_other", "usr_auditor")
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("expired");
        assertThat(readSide.get("/api-keys?status=expired", "usr_auditor")
                        .json()
                        .path("data"))
                .hasSize(1);
        assertThat(readSide.get("/users", "usr_member").json().at("/data/0/id").asString())
                .isEqualTo("usr_member");
        assertThat(readSide.get("/users/usr_member", "usr_member").status()).isEqualTo(200);
        assertThat(readSide.get("/usage/summary?user_id=usr_admin", "usr_member")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void toAMemberOnlyTheirOwnTeamExists() {
        readSide.user("usr_lone", "member");
        readSide.user("usr_crew", "member");
        readSide.jdbc.sql("""
                        insert into readmodel.team (id, version, name, limits, budgets, status, created_at, updated_at) values
                        ('team_own', 3, 'Own', '{"concurrency":2}', '[{"period":"day","amount":1.50,"currency":"USD"}]',
                         'active', now(), now()),
                        ('team_other', 0, 'Other', null, null, 'disabled', now(), now())""").update();
        readSide.jdbc
                .sql("update readmodel.users set team_id = 'team_own' where id = 'usr_crew'")
                .update();

        assertThat(readSide.get("/teams", "usr_auditor").json().path("data")).hasSize(2);
        assertThat(readSide.get("/teams?status=disabled&q=OTH", "usr_admin")
                        .json()
                        .at("/data/0/id")
                        .asString())
                .isEqualTo("team_other");
        var own = readSide.get("/teams", "usr_crew").json().path("data");
        assertThat(own).hasSize(1);
        assertThat(own.get(0).path("limits").toString()).isEqualTo("{\"concurrency\":2}");
        assertThat(own.get(0).path("budgets").toString())
                .isEqualTo("[{\"amount\":1.50,\"period\":\"day\",\"currency\":\"USD\"}]");
        assertThat(readSide.get("/teams/team_own", "usr_crew").status()).isEqualTo(200);
        assertThat(readSide.get("/teams/team_other", "usr_crew").status()).isEqualTo(404);
        assertThat(readSide.get("/teams", "usr_lone").json().path("data")).isEmpty();
        assertThat(readSide.get("/users?team_id=team_own", "usr_admin").json().path("data"))
                .hasSize(1);
    }

    @Test
    void aManagerSeesTheMembersKeysAndUsageOfTheirTeamsOnly() {
        readSide.user("usr_boss", "manager");
        readSide.user("usr_former", "member");
        List.of("usr_w1", "usr_w2").forEach(id -> readSide.user(id, "member"));
        readSide.user("usr_wadmin", "admin");
        readSide.jdbc.sql("""
                        insert into readmodel.team (id, version, name, status, created_at, updated_at) values
                        ('team_w', 0, 'Works', 'active', now(), now()), ('team_x', 0, 'X', 'active', now(), now())""").update();
        readSide.jdbc
                .sql("update readmodel.users set team_id = case id when 'usr_w2' then 'team_x' else 'team_w' end"
                        + " where id like 'usr\\_w%'")
                .update();
        readSide.jdbc
                .sql("insert into readmodel.team_manager values ('team_w', 'usr_boss'), ('team_w', 'usr_former')")
                .update();
        readSide.jdbc.sql("""
                        insert into readmodel.api_key
                            (id, version, name, prefix, user_id, team_id, previous_prefix, previous_until, status,
                             created_at, updated_at)
                        values ('key_w1', 0, 'a', 'sk-1', 'usr_w1', null, 'sk-0', now() + interval '1 hour', 'active', now(), now()),
                               ('key_w2', 0, 'b', 'sk-2', 'usr_w2', null, null, null, 'active', now(), now()),
                               ('key_wt', 0, 'c', 'sk-3', null, 'team_w', 'sk-9', now(), 'active', now(), now()),
                               ('key_wx', 0, 'd', 'sk-4', null, 'team_x', null, null, 'active', now(), now()),
                               ('key_wa', 0, 'e', 'sk-5', 'usr_wadmin', null, null, null, 'active', now(), now())""").update();
        readSide.usage("[" + String.join(",", used("w1", "usr_w1", "team_w"), used("wx", "usr_w2", "team_x")) + "]");

        assertThat(ids("/users", "usr_boss")).containsExactlyInAnyOrder("usr_boss", "usr_w1", "usr_wadmin");
        assertThat(readSide.get("/users/usr_w1", "usr_boss").status()).isEqualTo(200);
        assertThat(readSide.get("/users/usr_w2", "usr_boss").status()).isEqualTo(403);
        assertThat(ids("/teams", "usr_boss")).containsExactly("team_w");
        assertThat(readSide.get("/teams/team_w", "usr_boss")
                        .json()
                        .path("managers")
                        .toString())
                .isEqualTo("[{\"user_id\":\"usr_boss\",\"username\":\"name-usr_boss\"}]");
        assertThat(ids("/api-keys", "usr_boss")).containsExactlyInAnyOrder("key_w1", "key_wt");
        assertThat(readSide.get("/api-keys/key_wx", "usr_boss").status()).isEqualTo(404);
        assertThat(readSide.get("/api-keys/key_wa", "usr_boss").status()).isEqualTo(404);
        var rotated = readSide.get("/api-keys/key_w1", "usr_boss").json();
        assertThat(rotated.path("kind").asString()).isEqualTo("personal");
        assertThat(rotated.path("previous_prefix").asString()).isEqualTo("sk-0");
        var service = readSide.get("/api-keys/key_wt", "usr_boss").json();
        assertThat(service.path("kind").asString()).isEqualTo("service");
        assertThat(service.path("team_name").asString()).isEqualTo("Works");
        assertThat(service.has("previous_until")).isFalse();

        var period = "from=2026-11-20T10:00:00Z&to=2026-11-20T12:00:00Z";
        assertThat(used("/usage/summary?" + period, "usr_boss")).isEqualTo(1);
        assertThat(used("/usage/summary?user_id=usr_w2&" + period, "usr_boss")).isZero();
        assertThat(used("/usage/summary?from=2026-11-20T10:20:00Z&to=2026-11-20T10:40:00Z", "usr_boss"))
                .isEqualTo(1);
        assertThat(readSide.get("/usage/requests?" + period, "usr_boss").json().path("data"))
                .hasSize(1);
        assertThat(readSide.get("/usage/timeseries?group_by=team_id&" + period, "usr_boss")
                        .json()
                        .at("/series/0/key")
                        .asString())
                .isEqualTo("team_w");

        assertThat(ids("/users", "usr_former")).containsExactly("usr_former");
        assertThat(ids("/teams", "usr_former")).isEmpty();
        assertThat(ids("/api-keys", "usr_former")).isEmpty();
        assertThat(used("/usage/summary?" + period, "usr_former")).isZero();
    }

    private static List<String> ids(String path, String userId) {
        return readSide.get(path, userId)
                .json()
                .path("data")
                .valueStream()
                .map(row -> row.path("id").asString())
                .toList();
    }

    private static long used(String path, String userId) {
        return readSide.get(path, userId).json().path("requests").asLong();
    }

    private static String used(String id, String userId, String teamId) {
        return """
                {"request_id":"req_%s","at":"2026-11-20T10:30:00Z","user_id":"%s","team_id":"%s","endpoint":"chat.completions",
                 "model":"m","stream":false,"outcome":"completed","status":200,"prompt_tokens":1,"completion_tokens":1,
                 "cached_tokens":0,"reasoning_tokens":0,"tokens_estimated":false,"cost":0,"currency":"USD","latency_ms":1,
                 "attempts":1,"gateway":"g"}""".formatted(id, userId, teamId);
    }

    @Test
    void refusesForgedExpiredUnknownAndClosedAndLearnsOfKeys() throws Exception {
        var other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var soon = Instant.now().plusSeconds(60);
        assertThat(status(ReadSide.token("usr_admin", "kid-1", other, soon))).isEqualTo(401);
        assertThat(status(ReadSide.token("usr_admin", "kid-2", other, soon))).isEqualTo(401);
        assertThat(status("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c3JfYWRtaW4ifQ.")).isEqualTo(401);
        assertThat(status("nonsense")).isEqualTo(401);

        readSide.publishKey("kid-2", other);
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> status(ReadSide.token("usr_admin", "kid-2", other, soon)) == 200);
        readSide.jdbc
                .sql("insert into readmodel.closed_session values ('ses_kid-2', 'usr_admin', now())")
                .update();
        Awaitility.await()
                .atMost(Duration.ofSeconds(1))
                .until(() -> status(ReadSide.token("usr_admin", "kid-2", other, soon)) == 401);
        readSide.jdbc.sql("delete from readmodel.closed_session").update();
        Awaitility.await()
                .atMost(Duration.ofSeconds(1))
                .until(() -> status(ReadSide.token("usr_admin", "kid-2", other, soon)) == 200);
        readSide.jdbc
                .sql("update readmodel.signing_key set retired_at = now() where id = 'kid-2'")
                .update();
        Awaitility.await()
                .atMost(Duration.ofSeconds(1))
                .until(() -> status(ReadSide.token("usr_admin", "kid-2", other, soon)) == 401);
        assertThat(status(ReadSide.token(
                        "usr_admin", "kid-2", other, Instant.now().minusSeconds(5))))
                .isEqualTo(401);
    }

    @Test
    void refusesADisabledAccountWithinASecond() {
        readSide.user("usr_leaver", "admin");
        assertThat(readSide.get("/users", "usr_leaver").status()).isEqualTo(200);
        readSide.jdbc
                .sql("update readmodel.users set status = 'disabled' where id = 'usr_leaver'")
                .update();
        Awaitility.await()
                .atMost(Duration.ofSeconds(2))
                .until(() -> readSide.get("/users", "usr_leaver").status() == 401);
    }

    private static int status(String token) {
        return readSide.getWithToken("/users", token).status();
    }
}
