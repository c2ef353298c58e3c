package io.llmplatform.projections.audit;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.personal.PersonKeys;
import io.llmplatform.contracts.read.ReadRecord;
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

/**
 * One search document for each read that was recorded, in an index of its own beside that of the changes: it is filled from
 * another topic, and must not be taken for complete when only the other one is. A record never changes, so its first version is its
 * only one.
 */
@Component
class ReadSearchProjection implements Projection<SearchDocument> {
    private static final ProjectionId ID = new ProjectionId("audit_reads", 1);

    private final SearchIndex index;

    ReadSearchProjection(SearchIndices indices) {
        this.index = indices.index("audit-reads");
    }

    @Override
    public ProjectionId id() {
        return ID;
    }

    @Override
    public String topic() {
        return Topics.READS;
    }

    @Override
    public SearchDocument decode(byte[] value, PersonKeys keys) {
        var read = ContractJson.mapper().readValue(value, ReadRecord.class);
        var document = ReadDocument.of(read, keys);
        return new SearchDocument(read.id(), read.at(), 1, ContractJson.mapper().writeValueAsBytes(document));
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
