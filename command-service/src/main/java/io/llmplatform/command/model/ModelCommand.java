package io.llmplatform.command.model;

import io.llmplatform.command.change.Change;
import io.llmplatform.contracts.event.ModelEvent.Deployment;
import io.llmplatform.contracts.event.ModelEvent.Price;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a model. Every command answers with the version. */
public sealed interface ModelCommand {
    String modelId();

    /** @param deployments at least one, each with a fresh id */
    record CreateModel(
            @TargetAggregateIdentifier String modelId,
            String name,
            List<Deployment> deployments,
            @Nullable Price price) implements ModelCommand {}

    /** @param deployments with fresh ids; one of the same provider and upstream model as before keeps its former id */
    record EditModel(
            @TargetAggregateIdentifier String modelId,
            @Nullable Long expectedVersion,
            Change<List<Deployment>> deployments,
            Change<Price> price)
            implements ModelCommand {}

    record DisableModel(
            @TargetAggregateIdentifier String modelId,
            @Nullable Long expectedVersion) implements ModelCommand {}

    record EnableModel(
            @TargetAggregateIdentifier String modelId,
            @Nullable Long expectedVersion) implements ModelCommand {}
}
