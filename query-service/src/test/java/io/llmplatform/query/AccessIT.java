package io.llmplatform.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class AccessIT {
    private static final String ALL = "admin auditor member";
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
            Map.entry("/exports/users", PRIVILEGED),
            Map.entry("/exports/api-keys", PRIVILEGED),
            Map.entry("/exports/models", PRIVILEGED),
            Map.entry("/usage/summary", ALL),
            Map.entry("/usage/timeseries", ALL),
            Map.entry("/usage/requests", ALL),
            Map.entry("/audit/events", PRIVILEGED),
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
            var concrete = path.replace("{id}", "nobody");
            assertThat(readSide.getWithToken(concrete, null).status()).as(path).isEqualTo(401);
            for (var role : ALL.split(" ", -1)) {
                var answer = readSide.get(concrete, "usr_" + role);
                boolean allowed = RULES.get(path).contains(role);
                assertThat(answer.status() == 403).as(path + " as " + role).isEqualTo(!allowed);
                if (allowed) {
                    assertThat(answer.status())
                            .as(path + " as " + role + ": " + answer.body())
                            .isEqualTo(path.contains("{id}") ? 404 : 200);
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
                        .filter(path -> path.getValue().containsKey("get"))
                        .map(Map.Entry::getKey)
                        .filter(path -> !path.equals("/auth/me")); // the command-service's
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
    void refusesForgedExpiredAndUnknownAndLearnsNewKeys() throws Exception {
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
