package io.llmplatform.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;

class ConflictRetrySchedulerTest {
    @Test
    void aLostDeadlockIsTriedAgainAndAnotherFailureIsNot() throws Exception {
        try (var executor = Executors.newSingleThreadScheduledExecutor()) {
            var retries = new ConflictRetryScheduler(executor, new Random(1));
            var dispatched = new CompletableFuture<Void>();

            assertThat(schedule(retries, "40P01", () -> dispatched.complete(null)))
                    .isTrue();
            dispatched.get(10, TimeUnit.SECONDS);
            assertThat(schedule(retries, "55P03", () -> {})).isFalse();
        }
    }

    private static boolean schedule(ConflictRetryScheduler retries, String state, Runnable dispatch) {
        var failure = new CannotAcquireLockException("lost", new SQLException("lost", state));
        return retries.scheduleRetry(new GenericCommandMessage<>("command"), failure, List.of(), dispatch);
    }
}
