package io.llmplatform.command.projection;

import io.llmplatform.contracts.event.ProjectionEvent.Swap;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a projection, named in each. Every command answers with the version of its requests. */
public sealed interface ProjectionCommand {
    String id();

    String projection();

    record RequestRebuild(@TargetAggregateIdentifier String id, String projection, Swap swap)
            implements ProjectionCommand {}

    record PauseRebuild(@TargetAggregateIdentifier String id, String projection) implements ProjectionCommand {}

    record ResumeRebuild(@TargetAggregateIdentifier String id, String projection) implements ProjectionCommand {}

    record CancelRebuild(@TargetAggregateIdentifier String id, String projection) implements ProjectionCommand {}

    record RequestComparison(@TargetAggregateIdentifier String id, String projection) implements ProjectionCommand {}

    record RequestSwap(@TargetAggregateIdentifier String id, String projection, boolean acceptDifferences)
            implements ProjectionCommand {}

    record RequestRollback(@TargetAggregateIdentifier String id, String projection) implements ProjectionCommand {}

    /** @param recordId null for every parked record */
    record RequestRedrive(
            @TargetAggregateIdentifier String id,
            String projection,
            @Nullable Long recordId) implements ProjectionCommand {}

    record RequestDiscard(@TargetAggregateIdentifier String id, String projection, long recordId)
            implements ProjectionCommand {}
}
