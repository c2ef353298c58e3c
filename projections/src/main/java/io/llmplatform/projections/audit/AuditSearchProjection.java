package io.llmplatform.projections.audit;

import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.projections.runtime.BuildTable;
import io.llmplatform.projections.runtime.DomainProjection;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.Tally;
import io.llmplatform.projections.runtime.Target;
import io.llmplatform.projections.search.SearchDocument;
import io.llmplatform.projections.search.SearchIndex;
import io.llmplatform.projections.search.SearchIndices;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * One search document per event. What events do not carry themselves (the name of a key that was revoked, the status
 * before) is remembered per entity in PostgreSQL, in the transaction of the offset.
 */
@Component
class AuditSearchProjection implements DomainProjection {
    private static final ProjectionId ID = new ProjectionId("audit", 2);

    private final SearchIndex index;
    private final AuditEntities entities;

    AuditSearchProjection(SearchIndices indices, AuditEntities entities) {
        this.index = indices.index("audit");
        this.entities = entities;
    }

    @Override
    public ProjectionId id() {
        return ID;
    }

    @Override
    public List<BuildTable> tables() {
        return List.of(BuildTable.of("audit_entity"));
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
    public void reset(Target target) {
        entities.clear();
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

    @Override
    public void apply(Target target, List<EventEnvelope> batch) {
        var known = new HashMap<String, AuditEntity>();
        var documents = new ArrayList<SearchDocument>(batch.size());
        for (var envelope : batch) {
            var key = envelope.aggregateType() + "/" + envelope.aggregateId();
            var before = known.computeIfAbsent(
                    key, absent -> entities.find(envelope.aggregateType(), envelope.aggregateId()));
            if (before.position() >= envelope.position()) {
                continue; // comes again: its document is there, and what was known before it is not known any more
            }
            var after = before.with(envelope);
            known.put(key, after);
            var body = ContractJson.mapper().writeValueAsBytes(AuditDocument.of(envelope, before, after));
            documents.add(new SearchDocument(envelope.id(), envelope.at(), envelope.position(), body));
        }
        entities.save(known.values());
        index.write(target, documents);
    }
}
