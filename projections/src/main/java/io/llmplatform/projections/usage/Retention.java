package io.llmplatform.projections.usage;

import io.llmplatform.contracts.event.PlatformSettingsEvent;
import io.llmplatform.projections.search.SearchIndex;
import io.llmplatform.projections.search.SearchIndices;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes away single requests of months that are over for longer than the setting {@code usage_retention_months} allows: their
 * partition and their documents. Roll-ups stay, and so does the log, as long as its topic keeps it.
 */
@Component
public class Retention implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final SearchIndex index;
    private final Clock clock;
    private @Nullable ScheduledExecutorService executor;

    Retention(JdbcClient jdbc, SearchIndices indices, Clock clock) {
        this.jdbc = jdbc;
        this.index = indices.index("requests");
        this.clock = clock;
    }

    /** @return the partitions that were dropped, those of a build beside the live one with its schema in front */
    public List<String> apply() {
        var months = months();
        if (months.isEmpty()) {
            return List.of();
        }
        var first = firstKept(months.get());
        var dropped = jdbc.sql("select readmodel.drop_usage_partitions(?)")
                .param(first)
                .query(String.class)
                .list();
        index.dropBefore(RequestSearchProjection.ID.name(), YearMonth.from(first));
        if (!dropped.isEmpty()) {
            jdbc.sql("select readmodel.drop_unused_origins()").query(row -> {});
            log.info("usage older than {} months was taken away: {}", months.get(), dropped);
        }
        return dropped;
    }

    private LocalDate firstKept(int months) {
        return YearMonth.now(clock.withZone(ZoneOffset.UTC)).minusMonths(months).atDay(1);
    }

    private Optional<Integer> months() {
        return jdbc.sql("""
                        select (details ->> 'usage_retention_months')::int from readmodel.platform_settings
                        where id = ? and details ->> 'usage_retention_months' is not null""")
                .param(PlatformSettingsEvent.ID)
                .query(Integer.class)
                .optional();
    }

    private void applySafely() {
        try {
            apply();
        } catch (RuntimeException e) {
            log.warn("old usage could not be taken away, and is tried again: {}", e.toString());
        }
    }

    @Override
    public synchronized void start() {
        if (executor == null) {
            executor = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("usage-retention").daemon().factory());
            executor.scheduleWithFixedDelay(this::applySafely, 1, EVERY.toMinutes(), TimeUnit.MINUTES);
        }
    }

    @Override
    public synchronized void stop() {
        if (executor != null) {
            executor.shutdownNow();
            executor = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }
}
