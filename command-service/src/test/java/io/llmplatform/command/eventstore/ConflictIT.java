package io.llmplatform.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.command.Service;
import io.llmplatform.command.caller.CallerMetadata;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.user.Accounts;
import io.llmplatform.contracts.event.Actor;
import io.llmplatform.contracts.event.EventMeta;
import io.llmplatform.contracts.event.UserEvent.UserDisabled;
import io.llmplatform.contracts.event.UserEvent.UserPasswordChanged;
import io.llmplatform.testkit.PostgresServer;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Trap 2: a version conflict must be recognised, and tried again. Trap 8: names across instances. */
class ConflictIT {
    private static final Map<String, String> ONE_DATABASE =
            Map.of("DATABASE_URL", PostgresServer.shared().newDatabase());

    private static Service one;
    private static Service two;

    @BeforeAll
    static void start() {
        one = Service.start(ONE_DATABASE);
        two = Service.start(ONE_DATABASE);
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
    }

    @Test
    void aCommandOvertakenBetweenReadingAndAppendingIsTriedAgainOnTheNewState() throws Exception {
        var token = one.admin();
        var id = create(token, "overtaken");
        var engine = one.bean(EventStorageEngine.class);
        var appended = new CountDownLatch(1);
        var transactions = new TransactionTemplate(one.bean(PlatformTransactionManager.class));

        var disabling = CompletableFuture.supplyAsync(
                () -> {
                    await(appended);
                    return one.post("users/" + id + "/disable", token, null);
                },
                Service.PARALLEL);
        transactions.executeWithoutResult(_ -> {
            // As another instance would: holds the append lock with version 1 stored and not yet committed.
            engine.appendEvents(event(id, 1, new UserPasswordChanged(id)));
            appended.countDown();
            awaitWaitingForLock("advisory");
        });

        var answer = disabling.get(20, TimeUnit.SECONDS);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(2);
        assertThat(types(id)).containsExactly("user.UserCreated", "user.UserPasswordChanged", "user.UserDisabled");
    }

    @Test
    void aReusedIdIsAConflictAndNoOutage() {
        var id = create(one.admin(), "reused");

        assertThatThrownBy(() -> one.bean(EventStorageEngine.class).appendEvents(event(id, 0, new UserDisabled(id))))
                .isInstanceOf(AggregateStreamCreationException.class);
    }

    @Test
    void manyCommandsOnOneAggregateFromTwoInstancesLeaveNoGapAndLoseNone() {
        var token = one.admin();
        var id = create(token, "contended");
        var answers = IntStream.range(0, 24)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> (i % 2 == 0 ? one : two).patch("users/" + id, token, Map.of("display_name", "name " + i)),
                        Service.PARALLEL))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        long stored = answers.stream().filter(answer -> answer.status() == 200).count();
        assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 409);
        assertThat(stored).isPositive();
        var sequences = one.jdbc()
                .queryForList(
                        "select sequence from events.domain_event where aggregate_id = ? order by sequence",
                        Long.class,
                        id);
        assertThat(sequences)
                .containsExactlyElementsOf(IntStream.rangeClosed(0, (int) stored)
                        .mapToObj(Long::valueOf)
                        .toList());
    }

    @Test
    void oneTeamRenamedAtTwoInstancesAtOnceGetsEveryNameAfterTheOther() {
        var token = one.admin();
        var id = one.post("teams", token, Map.of("name", "much renamed")).id();
        var answers = IntStream.range(0, 24)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> (i % 2 == 0 ? one : two).patch("teams/" + id, token, Map.of("name", "renamed " + i)),
                        Service.PARALLEL))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 409);
        assertThat(answers).anyMatch(answer -> answer.status() == 200);
        assertThat(one.jdbc().queryForObject("select count(*) from identity.claim where owner_id = ?", Long.class, id))
                .isEqualTo(1);
    }

    @Test
    void oneUserNameAtTwoInstancesAtOnceHasOneWinner() {
        var token = one.admin();
        var owners = new ArrayList<String>();
        for (int round = 0; round < 5; round++) {
            var name = "Twin" + round;
            var answers = Stream.of(one, two, one, two)
                    .map(service -> CompletableFuture.supplyAsync(
                            () -> service.post("users", token, Map.of("username", name, "password", "a long password")),
                            Service.PARALLEL))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .map(Service.Answer::status)
                    .sorted()
                    .toList();

            assertThat(answers).containsExactly(201, 409, 409, 409);
            var owner = one.bean(NameClaims.class).ownerOf(NameClaims.Kind.USER, name);
            assertThat(types(owner.orElseThrow())).containsExactly("user.UserCreated");
            owners.add(owner.orElseThrow());
        }
        // Whoever lost has left nothing: neither an account nor an event.
        var ours = one.events("user.UserCreated").stream()
                .filter(event -> event.at("/data/username/clear").asString().startsWith("Twin"))
                .map(event -> event.get("id").asString())
                .toList();
        assertThat(ours).containsExactlyElementsOf(owners);
        assertThat(owners).allMatch(id -> one.bean(Accounts.class).byId(id).isPresent());
    }

    @Test
    void twoAdministratorsWhoDisableEachOtherLeaveOne() {
        var admin = one.admin();
        var self = one.get("auth/me", admin).id();
        var fellow = one.post(
                        "users", admin, Map.of("username", "fellow", "password", "a long password", "role", "admin"))
                .id();
        var token = one.login("fellow", "a long password");

        var statuses = Stream.of(
                        CompletableFuture.supplyAsync(
                                () -> one.post("users/" + fellow + "/disable", admin, null), Service.PARALLEL),
                        CompletableFuture.supplyAsync(
                                () -> two.post("users/" + self + "/disable", token, null), Service.PARALLEL))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .map(Service.Answer::status)
                .sorted()
                .toList();

        // The slower one is refused by the rule, or before it as somebody already disabled.
        assertThat(statuses.getFirst()).isEqualTo(200);
        assertThat(statuses.getLast()).isIn(409, 401);
        assertThat(one.jdbc()
                        .queryForObject(
                                "select count(*) from identity.account where active and role = 'admin'", Long.class))
                .isEqualTo(1);
        one.jdbc().update("update identity.account set active = true where role = 'admin'");
    }

    @Test
    void aRenameThatLosesADeadlockIsTriedAgain() throws Exception {
        var token = one.admin();
        var id = one.post("providers", token, Map.of("name", "swap-x", "type", "mock"))
                .id();
        one.post("providers", token, Map.of("name", "swap-y", "type", "mock"));
        var released = new CountDownLatch(1);
        var transactions = new TransactionTemplate(one.bean(PlatformTransactionManager.class));

        var renaming = CompletableFuture.supplyAsync(
                () -> {
                    await(released);
                    return one.patch("providers/" + id, token, Map.of("name", "swap-y"));
                },
                Service.PARALLEL);
        transactions.executeWithoutResult(_ -> {
            // The other half of a swap, patient enough that PostgreSQL ends the rename and not this.
            one.jdbc().execute("set local deadlock_timeout = '60s'");
            one.jdbc().update("delete from identity.claim where name = 'swap-y'");
            released.countDown();
            awaitWaitingForLock("transactionid");
            one.jdbc()
                    .update("insert into identity.claim values ('provider', 'swap-x', 'prv_z') on conflict do nothing");
        });

        var answer = renaming.get(20, TimeUnit.SECONDS);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(one.bean(NameClaims.class).ownerOf(NameClaims.Kind.PROVIDER, "swap-y"))
                .contains(id);
    }

    private static String create(String token, String name) {
        return one.post("users", token, Map.of("username", name, "password", "a long password"))
                .id();
    }

    private static GenericDomainEventMessage<Object> event(String id, long sequence, Object event) {
        var meta = new EventMeta(Actor.system("test"), null, null, null, null);
        return new GenericDomainEventMessage<>("user", id, sequence, event, CallerMetadata.of(meta));
    }

    private static java.util.List<String> types(String id) {
        return one.jdbc()
                .queryForList(
                        "select type from events.domain_event where aggregate_id = ? order by sequence",
                        String.class,
                        id);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Until the other command stands at a lock: the append lock after it has read its version, or another's row. */
    private static void awaitWaitingForLock(String type) {
        org.awaitility.Awaitility.await().until(() -> two.jdbc().queryForObject("""
                                        select count(*) from pg_stat_activity
                                        where wait_event_type = 'Lock' and wait_event = ? and datname = current_database()""", Long.class, type) > 0);
    }
}
