package io.llmplatform.projections.systemlog;

import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.projections.search.SearchIndex;
import io.llmplatform.projections.search.SearchIndices;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Takes away the documents of whole months that the topic does not hold any more. */
@Component
public class LogRetention implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(LogRetention.class);
    private static final Duration EVERY = Duration.ofHours(1);

    private final SearchIndex index;
    private final Clock clock;
    private @Nullable ScheduledExecutorService executor;

    LogRetention(SearchIndices indices, Clock clock) {
        this.index = indices.index("logs");
        this.clock = clock;
    }

    /** Now; done again and again while it runs. */
    public void apply() {
        var oldest = clock.instant().minus(Duration.ofDays(Topics.LOGS_KEPT_DAYS));
        index.dropBefore(LogSearchProjection.ID.name(), YearMonth.from(oldest.atOffset(ZoneOffset.UTC)));
    }

    private void applySafely() {
        try {
            apply();
        } catch (RuntimeException e) {
            log.warn("old logs could not be taken away, and are tried again: {}", e.toString());
        }
    }

    @Override
    public synchronized void start() {
        if (executor == null) {
            executor = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("log-retention").daemon().factory());
            executor.scheduleWithFixedDelay(this::applySafely, 2, EVERY.toMinutes(), TimeUnit.MINUTES);
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
