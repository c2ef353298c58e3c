package io.llmplatform.projections.usage;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.contracts.usage.UsageRecord;
import io.llmplatform.projections.runtime.Projection;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.search.AllText;
import io.llmplatform.projections.search.SearchDocument;
import io.llmplatform.projections.search.SearchIndex;
import io.llmplatform.projections.search.SearchIndices;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** One search document per request. A record never changes, so its first version is its only one. */
@Component
class RequestSearchProjection implements Projection<UsageRecord> {
    private static final ProjectionId ID = new ProjectionId("request_search", 1);

    private final SearchIndex index;

    RequestSearchProjection(SearchIndices indices) {
        this.index = indices.index("requests", ID.version());
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
    public boolean lost() {
        return !index.exists();
    }

    @Override
    public void begin() {
        index.ensure();
    }

    @Override
    public void apply(List<UsageRecord> batch) {
        index.write(batch.stream().map(RequestSearchProjection::document).toList());
    }

    private static SearchDocument document(UsageRecord record) {
        ObjectNode body = ContractJson.mapper().valueToTree(record);
        body.set("all", AllText.of(body));
        return new SearchDocument(record.requestId(), 1, body);
    }
}
