package io.llmplatform.projections.usage;

import io.llmplatform.projections.runtime.Build;
import io.llmplatform.projections.runtime.Build.Role;
import io.llmplatform.projections.runtime.BuildStore;
import io.llmplatform.projections.runtime.SqlFile;
import io.llmplatform.projections.runtime.Target;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Adds up days (UTC) that are over, in the background. Readers go by the hours of a day until it is added up, and again from the
 * moment when something late came of it, so answers are the same with and without.
 */
@Component
public class UsageDays implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(UsageDays.class);
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    private static final int AT_ONCE = 50;

    private final JdbcClient jdbc;
    private final BuildStore builds;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final String open = SqlFile.read("usage-day-open");
    private final String due = SqlFile.read("usage-days-due");
    private final String clear = SqlFile.read("usage-day-clear");
    private final String addUp = SqlFile.read("usage-day-add-up");
    private @Nullable ScheduledExecutorService executor;
    private volatile boolean stopping;

    UsageDays(JdbcClient jdbc, BuildStore builds, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.builds = builds;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Within the transaction that brings something of these days, before it does. */
    void open(Collection<LocalDate> days) {
        var all = days.stream().map(LocalDate::toString).toArray(String[]::new);
        lock(all, false);
        // A statement of its own: it must see what was added up while we waited for the lock.
        jdbc.sql(open).param("days", all, Types.ARRAY).update();
    }

    /** @return how many days were added up */
    public int addUp() {
        int count = addUp(builds.live(UsageProjection.ID).target());
        // Beside the live one too, or its answers would be slow for a while after it has taken its place.
        return count
                + builds.find(UsageProjection.ID, Role.BUILDING)
                        .filter(Build::caughtUp)
                        .map(build -> addUp(build.target()))
                        .orElse(0);
    }

    private int addUp(Target target) {
        var days = Objects.requireNonNull(transaction.execute(status -> {
            builds.enter(target);
            return jdbc.sql(due)
                    .param("today", LocalDate.now(clock.withZone(ZoneOffset.UTC)))
                    .param("most", AT_ONCE)
                    .query(LocalDate.class)
                    .list();
        }));
        for (var day : days) {
            if (stopping) {
                return 0;
            }
            transaction.executeWithoutResult(status -> {
                builds.enter(target);
                addUp(day);
            });
        }
        return days.size();
    }

    private void addUp(LocalDate day) {
        lock(new String[] {day.toString()}, true);
        for (var sql : List.of(open, clear, addUp)) {
            jdbc.sql(sql)
                    .param("days", new String[] {day.toString()}, Types.ARRAY)
                    .param("day", day)
                    .param("from", start(day))
                    .param("to", start(day.plusDays(1)))
                    .update();
        }
    }

    private void lock(String[] days, boolean alone) {
        jdbc.sql("select readmodel.lock_usage_days(cast(cast(:days as text[]) as date[]), :alone)")
                .param("days", days, Types.ARRAY)
                .param("alone", alone)
                .query(row -> {});
    }

    private static Timestamp start(LocalDate day) {
        return Timestamp.from(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private void addUpSafely() {
        try {
            while (addUp() >= AT_ONCE) {
                log.info("{} days of usage were added up", AT_ONCE);
            }
        } catch (RuntimeException e) {
            log.warn("days of usage could not be added up, and are tried again: {}", e.toString());
        }
    }

    @Override
    public synchronized void start() {
        if (executor == null) {
            stopping = false;
            executor = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("usage-days").daemon().factory());
            executor.scheduleWithFixedDelay(this::addUpSafely, 5, EVERY.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Override
    public synchronized void stop() {
        if (executor != null) {
            stopping = true;
            executor.shutdown();
            try {
                // The day at hand is a second's work, and its connection is about to be closed.
                if (!executor.awaitTermination(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                    executor.shutdownNow();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            executor = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }
}
