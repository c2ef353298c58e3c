package io.llmplatform.projections.usage;

import io.llmplatform.contracts.personal.PersonKeys;
import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.contracts.usage.UsageRecord;
import io.llmplatform.projections.runtime.BuildTable;
import io.llmplatform.projections.runtime.Projection;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.SqlFile;
import io.llmplatform.projections.runtime.Target;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps one row per request and what is added up from them: hourly roll-ups with histograms and when a key was last used.
 * Only rows that were really inserted are counted.
 */
@Component
class UsageProjection implements Projection<UsageRecord> {
    static final ProjectionId ID = new ProjectionId("usage", 1);

    /** The more, the fewer times a row of the roll-ups is touched; this many take some 30 MB. */
    private static final int BATCH = 10_000;

    private final Origins origins = new Origins();
    private final UsageTable table;
    private final UsageDays days;
    private final JdbcClient jdbc;
    private final String rollUp = SqlFile.read("usage-roll-up");

    UsageProjection(JdbcTemplate template, JdbcClient jdbc, UsageDays days) {
        this.table = new UsageTable(template);
        this.days = days;
        this.jdbc = jdbc;
    }

    @Override
    public ProjectionId id() {
        return ID;
    }

    @Override
    public String topic() {
        return Topics.USAGE;
    }

    @Override
    public int batchSize() {
        return BATCH;
    }

    @Override
    public int fetchBytes() {
        return UsageRecords.FETCH_BYTES;
    }

    @Override
    public UsageRecord decode(byte[] value, PersonKeys keys) {
        return origins.opened(UsageRecords.decode(value), keys);
    }

    @Override
    public List<BuildTable> tables() {
        return List.of(
                BuildTable.byDay("usage_request", "at"),
                BuildTable.of("usage_series"),
                BuildTable.of("usage_manner"),
                BuildTable.of("usage_origin"),
                BuildTable.byDay("usage_hourly", "hour"),
                BuildTable.of("api_key_last_used"),
                BuildTable.copy("usage_minutes"),
                BuildTable.copy("usage_minutely_by"),
                BuildTable.copy("usage_hourly_by"),
                BuildTable.copy("usage_hourly_priced"),
                BuildTable.copy("usage_day"),
                BuildTable.copy("usage_daily"),
                BuildTable.copy("usage_daily_histogram"),
                BuildTable.copy("usage_daily_by"),
                BuildTable.copy("usage_daily_by_histogram"),
                BuildTable.copy("usage_month"),
                BuildTable.copy("usage_monthly"),
                BuildTable.copy("usage_monthly_histogram"),
                BuildTable.copy("usage_monthly_by"),
                BuildTable.copy("usage_monthly_by_histogram"));
    }

    @Override
    public void apply(Target target, List<UsageRecord> batch) {
        var records = UsageTable.distinct(batch);
        // Added up while the database takes the rows, in the hope that all of them are new.
        var ofAll = CompletableFuture.supplyAsync(() -> RollUps.of(records).parameters(), Thread::startVirtualThread);
        var fresh = table.insert(records);
        if (!fresh.isEmpty()) {
            var parameters = fresh == records ? ofAll.join() : RollUps.of(fresh).parameters();
            days.open(fresh.stream()
                    .map(each -> Micros.rounded(each.record().at()).truncatedTo(ChronoUnit.HOURS))
                    .collect(Collectors.toSet()));
            jdbc.sql(rollUp).params(parameters).query(Long.class).single();
        }
    }
}
