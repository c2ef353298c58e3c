package io.llmplatform.command.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.command.Service;
import io.llmplatform.contracts.http.Headers;
import io.llmplatform.testkit.PostgresServer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code Idempotency-Key} and {@code dry_run} on two instances with one database. */
class WriteIT {
    private static final Map<String, String> ONE_DATABASE =
            Map.of("DATABASE_URL", PostgresServer.shared().newDatabase());

    private static Service service;
    private static Service other;
    private static String admin;

    @BeforeAll
    static void start() {
        service = Service.start(ONE_DATABASE);
        other = Service.start(ONE_DATABASE);
        admin = service.admin();
    }

    @AfterAll
    static void stop() {
        service.close();
        other.close();
    }

    @Test
    void theSameKeyGetsTheSameAnswerAtEveryInstanceAndNothingIsDoneTwice() {
        var key = key();
        var first = issue(service, key, "ci");
        long events = events();

        for (var instance : List.of(service, other)) {
            var again = issue(instance, key, "ci");
            assertThat(again.status()).isEqualTo(201);
            assertThat(again.body()).isEqualTo(first.body()).contains("\"key\":\"sk-");
            assertThat(again.header(Headers.CONSISTENCY_TOKEN)).isEqualTo(first.header(Headers.CONSISTENCY_TOKEN));
            assertThat(again.header(Headers.IDEMPOTENCY_REPLAYED)).isEqualTo("true");
            assertThat(again.header(Headers.REQUEST_ID)).isNotEqualTo(first.header(Headers.REQUEST_ID));
        }
        assertThat(first.header(Headers.IDEMPOTENCY_REPLAYED)).isNull();
        assertThat(events()).isEqualTo(events);
        var stored = service.jdbc()
                .queryForList("select * from identity.idempotent_answer")
                .toString();
        assertThat(stored).contains(key).doesNotContain(first.json().get("key").asString(), first.id());
    }

    @Test
    void theKeyIsTheCallersOwnAndForOneRequestOnly() {
        var key = key();
        var id = issue(service, key, "one").id();

        for (var different : List.of(
                issue(service, key, "two"),
                service.post("api-keys?dry_run=false", admin, Map.of("name", "one"), keyed(key)),
                service.post("teams", admin, Map.of("name", "one"), keyed(key)))) {
            assertThat(different.status()).as(different.toString()).isEqualTo(422);
            assertThat(different.json().get("type").asString()).endsWith(":idempotency-key-reused");
        }
        var member = service.login("developer", "dev123");
        var theirs = service.post("api-keys", member, Map.of("name", "one"), keyed(key));
        assertThat(theirs.status()).isEqualTo(201);
        assertThat(theirs.id()).isNotEqualTo(id);
    }

    @Test
    void aRefusalIsRepeatedTooAlthoughItWouldBeNoneByNow() {
        var name = key();
        var team = service.post("teams", admin, Map.of("name", name)).id();
        var key = key();

        var first = service.post("teams", admin, Map.of("name", name), keyed(key));
        service.patch("teams/" + team, admin, Map.of("name", name + " renamed"));
        var again = service.post("teams", admin, Map.of("name", name), keyed(key));

        assertThat(first.status()).isEqualTo(409);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Content-Type")).startsWith("application/problem+json");
        assertThat(again.header(Headers.IDEMPOTENCY_REPLAYED)).isEqualTo("true");
        assertThat(service.post("teams", admin, Map.of("name", name), keyed(key()))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void manyAtOnceAreOne() {
        var key = key();
        var name = key();
        long before = events();

        var answers = together(IntStream.range(0, 16)
                .mapToObj(i ->
                        () -> (i % 2 == 0 ? service : other).post("teams", admin, Map.of("name", name), keyed(key))));

        assertThat(answers)
                .extracting(Service.Answer::status)
                .containsAnyOf(201)
                .isSubsetOf(201, 409);
        assertThat(answers).filteredOn(answer -> answer.status() == 409).allSatisfy(answer -> {
            assertThat(answer.json().get("type").asString()).endsWith(":idempotency-key-in-use");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        });
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 201)
                        .map(Service.Answer::id)
                        .distinct())
                .hasSize(1);
        assertThat(events()).isEqualTo(before + 1);
    }

    @Test
    void overtakenOnesAreDoneAgainFromTheStart() {
        var id = service.post("teams", admin, Map.of("name", key())).id();

        var answers = together(IntStream.rangeClosed(1, 6)
                .mapToObj(i -> () -> (i % 2 == 0 ? service : other)
                        .patch("teams/" + id, admin, Map.of("limits", Map.of("concurrency", i)), keyed(key()))));

        assertThat(answers).extracting(Service.Answer::status).containsOnly(200);
        assertThat(answers).extracting(Service.Answer::version).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L);
    }

    /** As a crash between command and answer leaves it: the connection dies when the event is stored and the answer not yet. */
    @Test
    void aCrashBeforeTheAnswerLeavesNothingAndTheNextTryIsTheFirst() throws SQLException {
        var key = key();
        var name = key();
        long before = events();
        service.jdbc().execute("""
                create function identity.wait_for_test() returns trigger language plpgsql as $$
                begin
                    perform pg_advisory_xact_lock(4711);
                    return new;
                end $$""");
        service.jdbc().execute("""
                create trigger wait_for_test before insert on identity.idempotent_answer
                for each row when (new.key = '%s') execute function identity.wait_for_test()""".formatted(key));
        try (var holder = service.bean(DataSource.class).getConnection();
                var statement = holder.createStatement()) {
            statement.execute("select pg_advisory_lock(4711)");
            var dying = CompletableFuture.supplyAsync(
                    () -> other.post("teams", admin, Map.of("name", name), keyed(key)), Service.PARALLEL);
            await().until(() -> waiting().size() == 1);
            service.jdbc()
                    .queryForList("select pg_terminate_backend(?)", waiting().getFirst());

            assertThat(dying.join().status()).isEqualTo(503);
            statement.execute("select pg_advisory_unlock(4711)");
        } finally {
            service.jdbc().execute("drop trigger wait_for_test on identity.idempotent_answer");
            service.jdbc().execute("drop function identity.wait_for_test()");
        }
        assertThat(events()).isEqualTo(before);
        var again = service.post("teams", admin, Map.of("name", name), keyed(key));
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header(Headers.IDEMPOTENCY_REPLAYED)).isNull();
        assertThat(events()).isEqualTo(before + 1);
    }

    @Test
    void afterADayTheKeyIsNewAndTheAnswerGoes() {
        var key = key();
        var first = issue(service, key, "old");
        service.jdbc().update("update identity.idempotent_answer set at = at - interval '25 hours' where key = ?", key);

        assertThat(issue(service, key, "another").id()).isNotEqualTo(first.id());
        service.jdbc().update("update identity.idempotent_answer set at = at - interval '25 hours' where key = ?", key);
        service.bean(IdempotentAnswers.class).deleteExpired();
        assertThat(service.jdbc()
                        .queryForList("select 1 from identity.idempotent_answer where key = ?", Integer.class, key))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"POST,users", "PATCH,users", "POST,api-keys", "POST,providers", "POST,users/disable"})
    void aDryRunChecksEverythingTellsWhatWouldBeAndLeavesNothing(String method, String operation) {
        var name = "dry-" + key();
        var user = service.post("users", admin, Map.of("username", "v" + key(), "password", "long enough"))
                .id();
        var path =
                switch (method + " " + operation) {
                    case "PATCH users" -> "users/" + user;
                    case "POST users/disable" -> "users/" + user + "/disable";
                    default -> operation;
                };
        var body =
                switch (method + " " + operation) {
                    case "POST users" ->
                        Map.of("username", name, "password", "planted password", "email", "d@example.org");
                    case "PATCH users" -> Map.of("display_name", "Dry", "role", "auditor");
                    case "POST users/disable" -> Map.of();
                    case "POST providers" -> Map.of("name", name, "type", "openai", "api_key", "planted-secret");
                    default -> Map.of("name", name);
                };
        var before = everything();

        var dry = service.send(method, "/api/admin/v1/" + path + "?dry_run=true", admin, body, keyed(key()));

        assertThat(everything()).isEqualTo(before);
        assertThat(dry.header(Headers.CONSISTENCY_TOKEN)).isNull();
        assertThat(dry.body()).doesNotContain("planted", "hash", "ciphertext");
        var events = dry.json().at("/dry_run/events");
        assertThat(events.size()).as(dry.toString()).isEqualTo(1);

        var real = service.send(method, "/api/admin/v1/" + path, admin, body);
        assertThat(real.status()).as(real.toString()).isEqualTo(dry.status());
        assertThat(dry.version()).isEqualTo(real.version());
        assertThat(service.jdbc()
                        .queryForObject(
                                "select type from events.domain_event where aggregate_id = ? order by position desc limit 1",
                                String.class,
                                real.id()))
                .isEqualTo(events.get(0).get("type").asString());
    }

    @Test
    void aDryRunIsRefusedAsTheRealOneAndShowsBeforeAndAfter() {
        var name = key();
        var team = service.post("teams", admin, Map.of("name", name)).id();
        var key = service.post("api-keys", admin, Map.of("name", "dry")).id();

        var taken = service.post("teams?dry_run=true", admin, Map.of("name", name));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().get("type").asString()).endsWith(":name-taken");
        assertThat(service.patch("teams/" + team + "?dry_run=true", admin, Map.of("name", "x"), "If-Match", "\"7\"")
                        .status())
                .isEqualTo(409);
        assertThat(service.post("api-keys/" + key + "/enable?dry_run=true", admin, null)
                        .json()
                        .at("/dry_run/events")
                        .size())
                .isZero();
        var edit = service.patch("teams/" + team + "?dry_run=true", admin, Map.of("name", name + "2"));
        assertThat(edit.json().at("/dry_run/events/0/data/before/name").asString())
                .isEqualTo(name);
        assertThat(edit.json().at("/dry_run/events/0/data/after/name").asString())
                .isEqualTo(name + "2");
        assertThat(edit.json().at("/dry_run/events/0/entity_id").asString()).isEqualTo(team);
        var issued = service.post("api-keys?dry_run=true", admin, Map.of("name", "k"));
        assertThat(issued.status()).isEqualTo(201);
        assertThat(issued.json().get("key").asString()).isEqualTo("dry-run");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "teams?dry_run=maybe | key-1",
                "teams?dry_run=true&dry_run=false | key-1",
                "auth/password?dry_run=true | key-1",
                "teams | a key",
                "teams | long",
            })
    void whatIsWrongWithTheParametersIsA400(String path, String key) {
        long before = events();
        var header = key.strip().equals("long") ? "k".repeat(256) : key.strip();

        var answer = service.post(path.strip(), admin, Map.of("name", key()), Headers.IDEMPOTENCY_KEY, header);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(events()).isEqualTo(before);
    }

    private static List<Object> waiting() {
        return service.jdbc().queryForList("""
                        select pid from pg_locks where locktype = 'advisory' and objid = 4711 and not granted""", Object.class);
    }

    /** Everything a command may write. */
    private static String everything() {
        return Stream.of(
                        "select count(*) from events.domain_event where aggregate_type <> 'attempt'",
                        "select * from identity.claim order by kind, name",
                        "select * from identity.account order by user_id",
                        "select * from identity.credential order by user_id",
                        "select count(*) from identity.idempotent_answer")
                .map(sql -> service.jdbc().queryForList(sql).toString())
                .toList()
                .toString();
    }

    private static long events() {
        return service.jdbc()
                .queryForObject(
                        "select count(*) from events.domain_event where aggregate_type <> 'attempt'", Long.class);
    }

    private static Service.Answer issue(Service instance, String key, String name) {
        return instance.post("api-keys", admin, Map.of("name", name), keyed(key));
    }

    private static List<Service.Answer> together(Stream<java.util.function.Supplier<Service.Answer>> requests) {
        return requests.map(request -> CompletableFuture.supplyAsync(request, Service.PARALLEL)).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static String[] keyed(String key) {
        return new String[] {Headers.IDEMPOTENCY_KEY, key};
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
