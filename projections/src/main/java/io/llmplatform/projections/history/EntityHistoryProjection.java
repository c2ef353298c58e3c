package io.llmplatform.projections.history;

import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.projections.audit.AuditChanges;
import io.llmplatform.projections.runtime.BuildTable;
import io.llmplatform.projections.runtime.DomainProjection;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row for each event of what is configured, with the whole entity after it. Takes some hundred bytes to a few KB for each
 * change that a person makes; requests leave nothing here.
 */
@Component
class EntityHistoryProjection implements DomainProjection {
    private static final ProjectionId ID = new ProjectionId("entity_history", 1);
    private static final Set<String> TYPES =
            Set.of("user", "team", "api_key", "provider", "model", "price_book", "platform_settings");

    private final EntityVersions versions;

    EntityHistoryProjection(EntityVersions versions) {
        this.versions = versions;
    }

    @Override
    public ProjectionId id() {
        return ID;
    }

    @Override
    public List<BuildTable> tables() {
        return List.of(BuildTable.byDay("entity_version", "at"));
    }

    @Override
    public void apply(Target target, List<EventEnvelope> batch) {
        var known = new HashMap<String, Optional<ObjectNode>>();
        var added = new ArrayList<EntityVersion>();
        for (var envelope : batch) {
            if (TYPES.contains(envelope.aggregateType())) {
                apply(envelope, known, added);
            }
        }
        versions.add(added);
    }

    private void apply(EventEnvelope envelope, Map<String, Optional<ObjectNode>> known, List<EntityVersion> added) {
        var key = envelope.aggregateType() + "/" + envelope.aggregateId();
        var before = known.computeIfAbsent(
                        key, absent -> versions.last(envelope.aggregateType(), envelope.aggregateId()))
                .orElse(null);
        if (before != null && before.path("version").asLong() >= envelope.sequence()) {
            return; // comes again
        }
        var after = EntityFold.next(before, envelope);
        if (after != null) {
            known.put(key, Optional.of(after));
            var status = before == null ? "active" : before.path("status").asString("active");
            added.add(new EntityVersion(envelope, after, AuditChanges.of(envelope, status)));
        }
    }
}
