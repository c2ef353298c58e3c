package io.llmplatform.projections.usage;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.contracts.usage.UsageRecord;
import io.llmplatform.projections.runtime.Projection;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.SqlFile;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps one row per request and what is added up from them: hourly roll-ups, histograms and when a key was last used.
 * All in one statement per batch, so that only rows which were really inserted are counted.
 */
@Component
class UsageProjection implements Projection<UsageRecord> {
    private static final ProjectionId ID = new ProjectionId("usage", 1);

    private final JdbcClient jdbc;
    private final String store = SqlFile.read("usage-batch");

    UsageProjection(JdbcClient jdbc) {
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
    public UsageRecord decode(byte[] value) {
        return UsageRecords.decode(value);
    }

    @Override
    public void apply(List<UsageRecord> batch) {
        var months = batch.stream()
                .map(record -> LocalDate.ofInstant(record.at(), ZoneOffset.UTC).withDayOfMonth(1))
                .collect(Collectors.toSet());
        for (var month : months) {
            jdbc.sql("select readmodel.ensure_usage_partition(?)")
                    .params(month)
                    .query((row, n) -> n)
                    .list();
        }
        jdbc.sql(store)
                .param("records", ContractJson.mapper().writeValueAsString(batch))
                .query(Long.class)
                .single();
    }
}
