package io.llmplatform.command.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.command.Service;
import io.llmplatform.contracts.http.Headers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ImportIT {
    private static final String[] CSV = {"Content-Type", "text/csv; charset=utf-8"};

    private static Service service;
    private static String admin;

    @BeforeAll
    static void start() {
        service = Service.start();
        admin = service.admin();
        service.post("teams", admin, Map.of("name", "Crew"));
        service.post("providers", admin, Map.of("name", "Acme", "type", "mock"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void atBestEffortEachRowIsJudgedByItself() {
        var answer = service.post("imports/users", admin, """
                username,password,email,role,team,limits
                csv-ann,long enough,ann@example.org,auditor,crew,"{""concurrency"":2}"
                csv-bob,short,,,,
                csv-eve,long enough,,,Nowhere,
                CSV-ANN,long enough,,,,
                csv-張,long enough,,,,
                csv-kim,long enough,,,,
                """, CSV);
        var exported = service.post(
                "imports/users",
                admin,
                "id,username,password,status\nusr_1,csv-gone,long enough,disabled\nusr_2,csv-back,long enough,active\n",
                CSV);
        assertThat(problems(exported)).containsExactly("conflict", "");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().get("created").asInt()).isEqualTo(2);
        assertThat(answer.json().get("failed").asInt()).isEqualTo(4);
        assertThat(problems(answer)).containsExactly("", "invalid", "unknown-reference", "name-taken", "invalid", "");
        assertThat(answer.json().at("/rows/1/errors/0/field").asString()).isEqualTo("password");
        var ann = answer.json().at("/rows/0/id").asString();
        assertThat(service.jdbc()
                        .queryForObject(
                                "select convert_from(payload, 'UTF8') from events.domain_event where aggregate_id = ?",
                                String.class,
                                ann))
                .contains("\"role\":\"auditor\"", "\"limits\":{\"concurrency\":2}", "\"team_id\":\"team_");
        assertThat(service.jdbc().queryForObject("select max(position)::text from events.domain_event", String.class))
                .isEqualTo(exported.header(Headers.CONSISTENCY_TOKEN));
        assertThat(service.login("csv-kim", "long enough")).isNotBlank();
    }

    @Test
    void allOrNothingStoresNothingWhenOneRowIsWrong() {
        var rows =
                List.of(user("all-1"), user("all-2"), Map.of("username", "all-3", "password", "short"), user("all-1"));
        var before = everything();

        var refused = service.post("imports/users?mode=all-or-nothing", admin, rows);

        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.json().get("errors").valueStream().map(error -> error.get("field")
                        .asString()))
                .containsExactly("rows[2].password", "rows[3].username");
        assertThat(everything()).isEqualTo(before);
        var done = service.post("imports/users?mode=all-or-nothing", admin, rows.subList(0, 2));
        assertThat(done.json().get("created").asInt()).as(done.toString()).isEqualTo(2);
        assertThat(service.login("all-2", "long enough")).isNotBlank();
    }

    /** In one transaction with the answer, a refused row must take nothing else with it. */
    @Test
    void underAKeyTheRowsAreSavepointsAndTheReportIsRepeated() {
        var owner = service.post("users", admin, user("key-owner")).id();
        var keys = List.of(
                Map.of("name", "one", "user", "key-owner"),
                Map.of("name", "two", "user_id", owner, "scopes", List.of("models")),
                Map.of("name", "", "user_id", owner),
                Map.of("name", "four", "user_id", owner));
        var headers = new String[] {Headers.IDEMPOTENCY_KEY, UUID.randomUUID().toString()};

        var first = service.post("imports/api-keys", admin, keys, headers);
        var again = service.post("imports/api-keys", admin, keys, headers);

        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        assertThat(problems(first)).containsExactly("", "", "invalid", "");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header(Headers.IDEMPOTENCY_REPLAYED)).isEqualTo("true");
        assertThat(first.json().at("/rows/0/key").asString()).startsWith("sk-");
        assertThat(service.jdbc()
                        .queryForObject(
                                "select count(*) from events.domain_event where type = 'api_key.ApiKeyIssued' and convert_from(payload, 'UTF8') like ?",
                                Long.class,
                                "%\"user_id\":\"" + owner + "\"%"))
                .isEqualTo(3);

        // A rule of an aggregate refuses after its events were read on the transaction's connection.
        var csv = """
                name,deployments
                m-1,"[{""provider"":""acme"",""upstream_model"":""u""}]"
                m-2,"[{""provider_id"":""prv_none"",""upstream_model"":""u""}]"
                m-1,"[{""provider"":""Acme"",""upstream_model"":""u""}]"
                m-4,"[{""provider"":""Acme"",""upstream_model"":""u""}]"
                """;
        var models = service.post(
                "imports/models",
                admin,
                csv,
                "Content-Type",
                "text/csv",
                Headers.IDEMPOTENCY_KEY,
                UUID.randomUUID().toString());
        assertThat(problems(models)).as(models.toString()).containsExactly("", "unknown-reference", "name-taken", "");
        for (var row : List.of(0, 3)) {
            assertThat(service.jdbc()
                            .queryForList(
                                    "select type from events.domain_event where aggregate_id = ?",
                                    String.class,
                                    models.json().at("/rows/" + row + "/id").asString()))
                    .containsExactly("model.ModelCreated");
        }
    }

    @Test
    void aDryRunReportsAndStoresNothing() {
        var before = everything();

        var dry = service.post(
                "imports/api-keys?dry_run=true",
                admin,
                List.of(Map.of("name", "dry"), Map.of("name", "", "cache", true)));

        assertThat(dry.status()).as(dry.toString()).isEqualTo(200);
        assertThat(problems(dry)).containsExactly("", "invalid");
        assertThat(dry.json().at("/rows/0/key").asString()).isEqualTo("dry-run");
        assertThat(dry.json().at("/dry_run/events").size()).isEqualTo(1);
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void whatIsNoImportIsRefused() {
        var member = service.login("developer", "dev123");
        var passwords = Stream.generate(() -> user("p")).limit(51).toList();

        assertThat(service.post("imports/users", member, "[]").status()).isEqualTo(403);
        assertThat(service.post("imports/users", admin, "<x/>", "Content-Type", "text/xml")
                        .status())
                .isEqualTo(415);
        assertThat(service.post("imports/users", admin, "[1]").field()).isEqualTo("rows[0]");
        assertThat(service.post("imports/users", admin, null).field()).isEqualTo("body");
        assertThat(service.post("imports/users", admin, passwords).field()).isEqualTo("rows");
        assertThat(service.post("imports/users?mode=some", admin, "[]").field()).isEqualTo("mode");
        assertThat(service.post("imports/users", admin, "[]")
                        .json()
                        .get("created")
                        .asInt())
                .isZero();
    }

    private static Map<String, String> user(String name) {
        return Map.of("username", name, "password", "long enough");
    }

    private static List<String> problems(Service.Answer answer) {
        return answer.json()
                .get("rows")
                .valueStream()
                .map(row -> row.path("problem").asString(""))
                .toList();
    }

    private static String everything() {
        return Stream.of(
                        "select count(*) from events.domain_event where aggregate_type <> 'attempt'",
                        "select * from identity.claim order by kind, name",
                        "select user_id from identity.credential order by user_id")
                .map(sql -> service.jdbc().queryForList(sql).toString())
                .toList()
                .toString();
    }
}
