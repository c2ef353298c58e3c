package io.llmplatform.projections.rebuild;

import io.llmplatform.contracts.event.EventCatalog;
import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.ProjectionEvent;
import io.llmplatform.contracts.event.ProjectionEvent.Swap;
import io.llmplatform.projections.runtime.Build.SwapWhen;
import io.llmplatform.projections.runtime.BuildStore;
import io.llmplatform.projections.runtime.BuildTable;
import io.llmplatform.projections.runtime.DomainProjection;
import io.llmplatform.projections.runtime.Projection;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.Target;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Notes what operators ask for; others do it. Not rebuilt itself: a request is meant for the read model of its time, and one
 * that is older than the present read model is passed over.
 */
@Component
class Operations implements DomainProjection {
    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);
    private static final ProjectionId ID = new ProjectionId("operations", 1);

    private final BuildStore builds;
    private final OperationStore store;
    /** Itself among them: asked for when all are there. */
    private final ObjectProvider<Projection<?>> projections;

    private @Nullable Map<String, ProjectionId> ids;

    Operations(BuildStore builds, OperationStore store, ObjectProvider<Projection<?>> projections) {
        this.builds = builds;
        this.store = store;
        this.projections = projections;
    }

    @Override
    public ProjectionId id() {
        return ID;
    }

    @Override
    public List<BuildTable> tables() {
        return List.of();
    }

    @Override
    public void begin(Target target) {
        store.noteBirth();
    }

    @Override
    public void apply(Target target, List<EventEnvelope> batch) {
        for (var envelope : batch) {
            if (envelope.aggregateType().equals("projection") && !store.isFromBefore(envelope.at())) {
                var event = (ProjectionEvent) EventCatalog.read(envelope);
                var projection = ids().get(event.projection());
                if (projection != null) {
                    int rows = note(projection, event);
                    LOG.info("{}: {}{}", event.projection(), envelope.type(), rows == 0 ? ", of nothing there is" : "");
                }
            }
        }
    }

    private Map<String, ProjectionId> ids() {
        if (ids == null) {
            ids = projections.stream().map(Projection::id).collect(Collectors.toMap(ProjectionId::name, id -> id));
        }
        return ids;
    }

    private int note(ProjectionId id, ProjectionEvent event) {
        return switch (event) {
            case ProjectionEvent.RebuildRequested(var ignored, var swap) -> rebuild(id, swap);
            case ProjectionEvent.RebuildPaused ignored -> store.pause(id, true);
            case ProjectionEvent.RebuildResumed ignored -> store.pause(id, false);
            case ProjectionEvent.RebuildCancelled ignored -> store.cancel(id);
            case ProjectionEvent.ComparisonRequested ignored -> store.compare(id);
            case ProjectionEvent.SwapRequested(var ignored, var acceptDifferences) ->
                store.swap(id, (acceptDifferences ? SwapWhen.ANYWAY : SwapWhen.EQUAL).wire());
            case ProjectionEvent.RollbackRequested ignored -> store.rollBack(id);
            case ProjectionEvent.RedriveRequested(var ignored, var recordId) -> store.redrive(id, recordId);
            case ProjectionEvent.DiscardRequested(var ignored, var recordId) -> store.discard(id, recordId);
        };
    }

    private int rebuild(ProjectionId id, Swap swap) {
        store.cancel(id);
        builds.request(
                id,
                switch (swap) {
                    case MANUAL -> null;
                    case WHEN_EQUAL -> SwapWhen.EQUAL;
                    case WHEN_CAUGHT_UP -> SwapWhen.CAUGHT_UP;
                });
        return 1;
    }
}
