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
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Adds up days (UTC) that are over, months from their days, and for some days the minutes of hours, in the background. Readers go by
 * the hours of a day until it is added up, and again from the moment when something late came of it, so answers are the same with and
 * without.
 */
@Component
public class UsageDays implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(UsageDays.class);
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    private static final int AT_ONCE = 50;
    private static final Duration MINUTES_KEPT = Duration.ofHours(48);

    private final JdbcClient jdbc;
    private final BuildStore builds;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final String open = SqlFile.read("usage-day-open");
    private final String due = SqlFile.read("usage-days-due");
    private final String clear = SqlFile.read("usage-day-clear");
    private final String addUp = SqlFile.read("usage-day-add-up");
    private final String monthsDue = SqlFile.read("usage-months-due");
    private final String clearMonth = SqlFile.read("usage-month-clear");
    private final String addUpMonth = SqlFile.read("usage-month-add-up");
    private final String minutesDue = SqlFile.read("usage-minutes-due");
    private final String clearMinutes = SqlFile.read("usage-minutes-clear");
    private final String addUpMinutes = SqlFile.read("usage-minutes-add-up");
    private final String forgetMinutes = SqlFile.read("usage-minutes-forget");
    private @Nullable ScheduledExecutorService executor;
    private volatile boolean stopping;

    UsageDays(JdbcClient jdbc, BuildStore builds, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.builds = builds;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Within the transaction that brings something of these hours, before it does. */
    void open(Collection<Instant> hours) {
        var days = hours.stream()
                .map(hour -> LocalDate.ofInstant(hour, ZoneOffset.UTC).toString())
                .distinct()
                .toArray(String[]::new);
        lock(days, false);
        // A statement of its own: it must see what was added up while we waited for the lock.
        open(days, hours.stream().map(Instant::toString).toArray(String[]::new));
    }

    private void open(String[] days, String[] hours) {
        jdbc.sql(open)
                .param("days", days, Types.ARRAY)
                .param("hours", hours, Types.ARRAY)
                .update();
    }

    /** @return how many days, months and hours of minutes were added up */
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
        var now = clock.instant();
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var kept = Timestamp.from(now.minus(MINUTES_KEPT).truncatedTo(ChronoUnit.HOURS));
        within(target, () -> jdbc.sql(forgetMinutes).param("kept", kept).update());
        return each(target, jdbc.sql(due).param("today", today), LocalDate.class, this::addUp)
                + each(target, jdbc.sql(monthsDue).param("today", today), LocalDate.class, this::addUpMonth)
                + each(
                        target,
                        jdbc.sql(minutesDue).param("now", Timestamp.from(now)).param("kept", kept),
                        Timestamp.class,
                        hour -> addUpMinutes(hour.toInstant()));
    }

    private <T> int each(Target target, JdbcClient.StatementSpec due, Class<T> type, Consumer<T> add) {
        var steps = within(target, () -> due.param("most", AT_ONCE).query(type).list());
        for (var step : steps) {
            if (stopping) {
                return 0;
            }
            within(target, () -> {
                add.accept(step);
                return true;
            });
        }
        return steps.size();
    }

    private <T> T within(Target target, Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> {
            builds.enter(target);
            return work.get();
        }));
    }

    private void addUp(LocalDate day) {
        lock(new String[] {day.toString()}, true);
        open(new String[] {day.toString()}, new String[0]);
        roomToSort();
        for (var sql : List.of(clear, addUp)) {
            jdbc.sql(sql)
                    .param("day", day)
                    .param("from", start(day))
                    .param("to", start(day.plusDays(1)))
                    .update();
        }
    }

    private void addUpMonth(LocalDate first) {
        lock(first.datesUntil(first.plusMonths(1)).map(LocalDate::toString).toArray(String[]::new), true);
        roomToSort();
        jdbc.sql(clearMonth).param("month", first).update();
        jdbc.sql(addUpMonth).param("month", first).update();
    }

    private void addUpMinutes(Instant hour) {
        lock(new String[] {LocalDate.ofInstant(hour, ZoneOffset.UTC).toString()}, true);
        for (var sql : List.of(clearMinutes, addUpMinutes)) {
            jdbc.sql(sql)
                    .param("from", Timestamp.from(hour))
                    .param("to", Timestamp.from(hour.plus(1, ChronoUnit.HOURS)))
                    .update();
        }
    }

    /** A day of many is grouped in memory. */
    private void roomToSort() {
        jdbc.sql("select set_config('work_mem', '64MB', true)")
                .query(String.class)
                .single();
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
                log.info("{} days of usage or more were added up", AT_ONCE);
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
