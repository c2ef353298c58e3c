package io.llmplatform.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.command.Service;
import io.llmplatform.command.caller.CallerMetadata;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.contracts.event.Actor;
import io.llmplatform.contracts.event.EventMeta;
import io.llmplatform.contracts.event.UserEvent.UserDisabled;
import io.llmplatform.contracts.event.UserEvent.UserPasswordChanged;
import io.llmplatform.testkit.PostgresServer;
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
            awaitWaitingForLock();
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
    void oneUserNameAtTwoInstancesAtOnceHasOneWinner() {
        var token = one.admin();
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
        }
        assertThat(one.jdbc()
                        .queryForObject(
                                "select count(*) from events.domain_event where convert_from(payload, 'UTF8') like '%\"Twin%'",
                                Long.class))
                .isEqualTo(5);
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

    /** Until the other command has read its version and stands at the append lock. */
    private static void awaitWaitingForLock() {
        org.awaitility.Awaitility.await().until(() -> two.jdbc().queryForObject("""
                                        select count(*) from pg_locks l join pg_database d on d.oid = l.database
                                        where l.locktype = 'advisory' and not l.granted and d.datname = current_database()""", Long.class) > 0);
    }
}
