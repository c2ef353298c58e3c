package io.llmplatform.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.command.Service;
import io.llmplatform.command.personal.PersonKeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Snapshots save reading and are never needed: each may be old, foreign, closed or missing. */
class SnapshotIT {
    private static final int EVERY = 5;

    private static Service service;
    private static String admin;

    @BeforeAll
    static void start() {
        service = Service.start(Map.of("SNAPSHOT_EVENTS", String.valueOf(EVERY)));
        admin = service.admin();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void loadingReadsTheSnapshotAndWhatCameAfterIt() {
        int last = 2 * EVERY + 1;
        var team = team("tail", last);
        awaitSnapshot(team, EVERY - 1);

        var read = read(team);

        var snapshot = read.getFirst();
        assertThat(snapshot.getPayload().getClass().getSimpleName()).isEqualTo("Team");
        assertThat(read).hasSize((int) (last - snapshot.getSequenceNumber()) + 1);
        assertThat(read.getLast().getSequenceNumber()).isEqualTo(last);
    }

    @Test
    void aCommandWorksOnWhatTheSnapshotSaysAndOnlyTheNewestIsKept() {
        var team = team("used", EVERY);
        awaitSnapshot(team, EVERY - 1);
        doctor(team, "\"name\":\"used-", "\"name\":\"from-snapshot-");
        service.jdbc().update("update events.snapshot set sequence = ? where aggregate_id = ?", EVERY, team);

        assertThat(rename(team, "used-x").version()).isEqualTo(EVERY + 1);

        assertThat(before(team)).startsWith("from-snapshot-");
        for (int i = 0; i < EVERY; i++) {
            rename(team, "used-x" + i);
        }
        awaitSnapshot(team, EVERY + 1);
        assertThat(revisions(team)).hasSize(1);
    }

    @Test
    void aSnapshotOfAnotherRevisionIsIgnoredAndReplaced() {
        var team = team("older", EVERY);
        awaitSnapshot(team, EVERY - 1);
        doctor(team, "\"name\":\"older-", "\"name\":\"another-");
        service.jdbc().update("update events.snapshot set revision = 'older' where aggregate_id = ?", team);

        assertThat(read(team)).hasSize(EVERY + 1);
        assertThat(rename(team, "older-x").version()).isEqualTo(EVERY + 1);
        assertThat(before(team)).isEqualTo("older-" + EVERY);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(revisions(team)).doesNotContain("older").hasSize(1));
    }

    @Test
    void oneThatCannotBeReadIsIgnored() {
        var team = team("spoilt", EVERY);
        awaitSnapshot(team, EVERY - 1);
        service.jdbc().update("update events.snapshot set payload = '{' where aggregate_id = ?", team);

        assertThat(rename(team, "spoilt-x").version()).isEqualTo(EVERY + 1);
        assertThat(before(team)).isEqualTo("spoilt-" + EVERY);
    }

    @Test
    void itHoldsNoPersonalDatumInClearAndIsIgnoredWithoutThePersonsKey() {
        var person = service.post(
                        "users",
                        admin,
                        Map.of(
                                "username", "sealed-person",
                                "password", "a long password",
                                "email", "sealed@example.org",
                                "display_name", "封印"))
                .id();
        for (int i = 0; i < EVERY; i++) {
            service.patch("users/" + person, admin, Map.of("display_name", "封印 " + i));
        }
        awaitSnapshot(person, EVERY - 1);

        assertThat(payload(person))
                .contains("\"sealed\":")
                .doesNotContain("封印", "sealed@example.org", "sealed-person", "\"clear\"");
        // With the key, the values are those that were set last: no change.
        assertThat(service.patch("users/" + person, admin, Map.of("email", "sealed@example.org"))
                        .version())
                .isEqualTo(EVERY);

        service.jdbc().update("delete from identity.person_key where subject = ?", person);

        assertThat(read(person)).hasSize(EVERY + 1);
        assertThat(service.post("users/" + person + "/disable", admin, null).version())
                .isEqualTo(EVERY + 1);
        // What is erased can be kept in a snapshot again, and makes no key.
        awaitSnapshot(person, EVERY + 1);
        assertThat(payload(person)).contains("\"clear\":\"erased\"").doesNotContain("\"sealed\"");
        assertThat(service.bean(PersonKeyStore.class).find(person)).isEmpty();
    }

    @Test
    void twoInstancesMayStoreTheSameOne() {
        var team = team("twice", EVERY);
        awaitSnapshot(team, EVERY - 1);
        var snapshot = read(team).getFirst();
        var engine = service.bean(EventStorageEngine.class);

        new TransactionTemplate(service.bean(PlatformTransactionManager.class)).executeWithoutResult(_ -> {
            engine.storeSnapshot(new GenericDomainEventMessage<>(
                    snapshot.getType(), team, snapshot.getSequenceNumber(), snapshot.getPayload()));
            // The transaction is none that PostgreSQL has given up.
            service.jdbc().queryForObject("select 1", Integer.class);
        });

        assertThat(revisions(team)).hasSize(1);
    }

    @Test
    void noCommandWaitsForASnapshotNorFailsWithIt() {
        var transactions = new TransactionTemplate(service.bean(PlatformTransactionManager.class));
        var team = transactions.execute(_ -> {
            service.jdbc().execute("lock table events.snapshot in share mode");
            return team("waiting", 2 * EVERY);
        });
        awaitSnapshot(team, EVERY - 1);

        service.jdbc().execute("alter table events.snapshot add constraint full_up check (type <> 'team') not valid");
        try {
            assertThat(team("refused", 2 * EVERY)).isNotBlank();
        } finally {
            service.jdbc().execute("alter table events.snapshot drop constraint full_up");
        }
    }

    /** With so many renames after its creation, each of which succeeds. */
    private static String team(String stem, int renames) {
        var id = service.post("teams", admin, Map.of("name", stem)).id();
        for (int i = 1; i <= renames; i++) {
            assertThat(rename(id, stem + "-" + i).version()).isEqualTo(i);
        }
        return id;
    }

    private static Service.Answer rename(String team, String name) {
        return service.patch("teams/" + team, admin, Map.of("name", name));
    }

    private static List<? extends DomainEventMessage<?>> read(String id) {
        return service.bean(EventStore.class).readEvents(id).asStream().toList();
    }

    /** Answers its version, which is at least that. */
    private static long awaitSnapshot(String id, long version) {
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(
                        () -> service.jdbc()
                                .queryForObject(
                                        "select coalesce(max(sequence), -1) from events.snapshot where aggregate_id = ?",
                                        Long.class,
                                        id),
                        at -> at >= version);
    }

    private static void doctor(String id, String text, String other) {
        int changed = service.jdbc().update("""
                        update events.snapshot
                        set payload = convert_to(replace(convert_from(payload, 'UTF8'), ?, ?), 'UTF8')
                        where aggregate_id = ?""", text, other, id);
        assertThat(changed).isEqualTo(1);
        assertThat(payload(id)).contains(other);
    }

    private static String payload(String id) {
        return service.jdbc()
                .queryForObject(
                        "select convert_from(payload, 'UTF8') from events.snapshot where aggregate_id = ?",
                        String.class,
                        id);
    }

    private static List<String> revisions(String id) {
        return service.jdbc()
                .queryForList("select revision from events.snapshot where aggregate_id = ?", String.class, id);
    }

    /** The name that the last rename says the team had. */
    private static String before(String team) {
        return service.events("team.TeamEdited").stream()
                .filter(event -> event.get("id").asString().equals(team))
                .reduce((_, last) -> last)
                .orElseThrow()
                .at("/data/before/name")
                .asString();
    }
}
