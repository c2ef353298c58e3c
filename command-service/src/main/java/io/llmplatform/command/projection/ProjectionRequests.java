package io.llmplatform.command.projection;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.llmplatform.command.eventstore.Snapshots;
import io.llmplatform.command.projection.ProjectionCommand.CancelRebuild;
import io.llmplatform.command.projection.ProjectionCommand.PauseRebuild;
import io.llmplatform.command.projection.ProjectionCommand.RequestComparison;
import io.llmplatform.command.projection.ProjectionCommand.RequestDiscard;
import io.llmplatform.command.projection.ProjectionCommand.RequestRebuild;
import io.llmplatform.command.projection.ProjectionCommand.RequestRedrive;
import io.llmplatform.command.projection.ProjectionCommand.RequestRollback;
import io.llmplatform.command.projection.ProjectionCommand.RequestSwap;
import io.llmplatform.command.projection.ProjectionCommand.ResumeRebuild;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.contracts.event.ProjectionEvent;
import io.llmplatform.contracts.event.ProjectionEvent.ComparisonRequested;
import io.llmplatform.contracts.event.ProjectionEvent.DiscardRequested;
import io.llmplatform.contracts.event.ProjectionEvent.RebuildCancelled;
import io.llmplatform.contracts.event.ProjectionEvent.RebuildPaused;
import io.llmplatform.contracts.event.ProjectionEvent.RebuildRequested;
import io.llmplatform.contracts.event.ProjectionEvent.RebuildResumed;
import io.llmplatform.contracts.event.ProjectionEvent.RedriveRequested;
import io.llmplatform.contracts.event.ProjectionEvent.RollbackRequested;
import io.llmplatform.contracts.event.ProjectionEvent.SwapRequested;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of one projection. It knows what was asked and not what came of it: a build that has been swapped by itself
 * counts as under way until the next request, and a request that finds nothing to do does nothing.
 */
@Aggregate(type = "projection", snapshotTriggerDefinition = Snapshots.AFTER_MANY_EVENTS)
class ProjectionRequests {
    @AggregateIdentifier
    private @Nullable String id;

    private boolean underWay;
    private boolean paused;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    long handle(RequestRebuild command) {
        return put(new RebuildRequested(command.projection(), command.swap()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    long handle(PauseRebuild command) {
        demandRebuild();
        return paused ? getVersion() : put(new RebuildPaused(command.projection()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    long handle(ResumeRebuild command) {
        demandRebuild();
        return paused ? put(new RebuildResumed(command.projection())) : getVersion();
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    long handle(CancelRebuild command) {
        demandRebuild();
        return put(new RebuildCancelled(command.projection()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    long handle(RequestComparison command) {
        demandRebuild();
        return put(new ComparisonRequested(command.projection()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    long handle(RequestSwap command) {
        demandRebuild();
        return put(new SwapRequested(command.projection(), command.acceptDifferences()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    long handle(RequestRollback command) {
        return put(new RollbackRequested(command.projection()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    long handle(RequestRedrive command) {
        return put(new RedriveRequested(command.projection(), command.recordId()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    long handle(RequestDiscard command) {
        return put(new DiscardRequested(command.projection(), command.recordId()));
    }

    private void demandRebuild() {
        if (!underWay) {
            throw new Refusal.Conflict("no rebuild of this projection is under way");
        }
    }

    private static long put(ProjectionEvent event) {
        apply(event);
        return getVersion();
    }

    @EventSourcingHandler
    void on(ProjectionEvent event) {
        id = ProjectionEvent.id(event.projection());
        switch (event) {
            case RebuildRequested ignored -> begin();
            case RollbackRequested ignored -> begin();
            case RebuildCancelled ignored -> underWay = false;
            case RebuildPaused ignored -> paused = true;
            // To be swapped, it has to go on.
            case RebuildResumed ignored -> paused = false;
            case SwapRequested ignored -> paused = false;
            default -> {}
        }
    }

    private void begin() {
        underWay = true;
        paused = false;
    }
}
