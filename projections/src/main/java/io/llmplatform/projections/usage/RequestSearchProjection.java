package io.llmplatform.projections.usage;

import io.llmplatform.contracts.personal.PersonKeys;
import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.contracts.usage.UsageJson;
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

/** One search document per request. A record never changes, so its first version is its only one. */
@Component
class RequestSearchProjection implements Projection<SearchDocument> {
    static final ProjectionId ID = new ProjectionId("request_search", 1);

    /** Some 3 MB in each of two bulk requests. */
    private static final int BATCH = 4_000;

    private final Origins origins = new Origins();
    private final SearchIndex index;

    RequestSearchProjection(SearchIndices indices) {
        this.index = indices.index("requests");
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
    public SearchDocument decode(byte[] value, PersonKeys keys) {
        var read = UsageRecords.read(value);
        var record = origins.opened(read.record(), keys);
        var document = record == read.record()
                ? RequestDocument.of(read, value)
                : RequestDocument.of(new UsageRecords.Read(record, true), UsageJson.of(record));
        return new SearchDocument(record.requestId(), record.at(), 1, document);
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
