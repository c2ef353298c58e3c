package io.llmplatform.projections.systemlog;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.log.LogRecord;
import io.llmplatform.contracts.personal.PersonKeys;
import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.projections.runtime.BuildTable;
import io.llmplatform.projections.runtime.Projection;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.Tally;
import io.llmplatform.projections.runtime.Target;
import io.llmplatform.projections.search.SearchDocument;
import io.llmplatform.projections.search.SearchIndex;
import io.llmplatform.projections.search.SearchIndices;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** One search document for each line of a log. A line never changes, so its first version is its only one. */
@Component
class LogSearchProjection implements Projection<SearchDocument> {
    static final ProjectionId ID = new ProjectionId("log_search", 1);

    private static final int BATCH = 2_000;

    private final SearchIndex index;

    LogSearchProjection(SearchIndices indices) {
        this.index = indices.index("logs");
    }

    @Override
    public ProjectionId id() {
        return ID;
    }

    @Override
    public String topic() {
        return Topics.LOGS;
    }

    @Override
    public int batchSize() {
        return BATCH;
    }

    @Override
    public SearchDocument decode(byte[] value, PersonKeys keys) {
        var line = ContractJson.mapper().readValue(value, LogRecord.class);
        return new SearchDocument(
                line.id(), line.at(), 1, ContractJson.mapper().writeValueAsBytes(LogDocument.of(line)));
    }

    @Override
    public List<BuildTable> tables() {
        return List.of();
    }

    @Override
    public boolean lost(Target target) {
        return !index.exists(target);
    }

    @Override
    public void begin(Target target) {
        index.ensure(target);
    }

    @Override
    public void apply(Target target, List<SearchDocument> batch) {
        index.write(target, batch);
    }

    @Override
    public Map<String, Tally> outside(Target target) {
        return index.tally(target, "at");
    }

    @Override
    public void swapped(Target retired, Target live, JdbcClient jdbc) {
        index.show(live);
    }

    @Override
    public void drop(Target target) {
        index.drop(target);
    }
}
