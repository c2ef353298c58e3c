package io.llmplatform.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.command.Service;
import io.llmplatform.command.caller.CallerMetadata;
import io.llmplatform.contracts.event.Actor;
import io.llmplatform.contracts.event.EventMeta;
import io.llmplatform.contracts.event.UserEvent.UserDisabled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Trap 3: a transaction that commits late must not make a reader skip its events. */
class CommitOrderIT {
    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aTransactionHeldOpenAfterItsInsertHoldsBackLaterPositions() throws Exception {
        var before = service.bean(EventPositions.class).last();
        var inserted = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        var late = CompletableFuture.runAsync(
                () -> transactions().executeWithoutResult(_ -> {
                    append("usr_late");
                    inserted.countDown();
                    awaitLatch(commit);
                }),
                Service.PARALLEL);
        awaitLatch(inserted);

        var early = CompletableFuture.runAsync(() -> append("usr_early"), Service.PARALLEL);

        // The one that would overtake waits at the lock, so nobody can have read past the hole.
        await().until(() -> waitingAtTheLock() == 1);
        assertThat(early).isNotDone();
        assertThat(service.bean(EventPositions.class).last()).isEqualTo(before);
        commit.countDown();
        late.get(10, TimeUnit.SECONDS);
        early.get(10, TimeUnit.SECONDS);
        assertThat(service.jdbc()
                        .queryForList(
                                "select aggregate_id from events.domain_event where position > ? order by position",
                                String.class,
                                before))
                .containsExactly("usr_late", "usr_early");
    }

    @Test
    void aReaderThatFollowsWhileTransactionsCommitAtRandomSeesEveryEventOnceInOrder() {
        var engine = service.bean(EventStorageEngine.class);
        var seen = new ArrayList<Long>();
        var token = new TrackingToken[] {engine.createHeadToken()};
        var start = token[0].position().orElseThrow();
        var writers = IntStream.range(0, 6)
                .mapToObj(writer -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, 15).forEach(i -> transactions().executeWithoutResult(status -> {
                            append("usr_w" + writer + "_" + i);
                            if (i % 5 == 4) {
                                status.setRollbackOnly(); // leaves a hole in the positions
                            }
                        })),
                        Service.PARALLEL))
                .toList();

        var all = CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new));
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    boolean done = all.isDone();
                    engine.readEvents(token[0], false).forEach(event -> {
                        token[0] = event.trackingToken();
                        seen.add(token[0].position().orElseThrow());
                    });
                    return done;
                });

        all.join();
        assertThat(seen).hasSize(6 * 12).isSorted().doesNotHaveDuplicates();
        assertThat(seen)
                .isEqualTo(service.jdbc()
                        .queryForList(
                                "select position from events.domain_event where position > ? order by position",
                                Long.class,
                                start));
    }

    @Test
    void whatIsStoredIsNeitherChangedNorDeleted() {
        for (var sql : List.of(
                "update events.domain_event set at = 'never'",
                "delete from events.domain_event",
                "truncate events.domain_event")) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> service.jdbc().execute(sql)))
                    .hasMessageContaining("stored for ever");
        }
    }

    private static TransactionTemplate transactions() {
        return new TransactionTemplate(service.bean(PlatformTransactionManager.class));
    }

    private static void append(String id) {
        var meta = CallerMetadata.of(new EventMeta(Actor.system("test"), null, null, null, null));
        service.bean(EventStorageEngine.class)
                .appendEvents(new GenericDomainEventMessage<>("user", id, 0, new UserDisabled(id), meta));
    }

    private static long waitingAtTheLock() {
        return service.jdbc().queryForObject("""
                        select count(*) from pg_locks l join pg_database d on d.oid = l.database
                        where l.locktype = 'advisory' and not l.granted and d.datname = current_database()""", Long.class);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
