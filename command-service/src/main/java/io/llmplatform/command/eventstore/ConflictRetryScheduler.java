package io.llmplatform.command.eventstore;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.RetryScheduler;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tries a command again when another instance stored the next event of the same aggregate first, or when it lost a
 * deadlock; at most five times and after a short random pause. Nothing else is retried: a refusal stays a refusal, and
 * with the database away the caller hears it at once.
 */
final class ConflictRetryScheduler implements RetryScheduler {
    private static final int MOST_RETRIES = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(40);

    private final ScheduledExecutorService executor;
    private final RandomGenerator random;

    ConflictRetryScheduler(ScheduledExecutorService executor, RandomGenerator random) {
        this.executor = executor;
        this.random = random;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public boolean scheduleRetry(
            CommandMessage command,
            RuntimeException failure,
            List<Class<? extends Throwable>[]> failures,
            Runnable dispatch) {
        // Inside a larger transaction, whoever began it must do it all again: this one is broken.
        if (!Overtaken.isBehind(failure)
                || failures.size() > MOST_RETRIES
                || TransactionSynchronizationManager.isActualTransactionActive()) {
            return false;
        }
        var _ = executor.schedule(
                () -> Thread.startVirtualThread(dispatch),
                random.nextLong(LONGEST_PAUSE.toMillis()),
                TimeUnit.MILLISECONDS);
        return true;
    }
}
