package io.llmplatform.command.model;

import io.llmplatform.command.change.Change;
import io.llmplatform.contracts.event.ModelEvent.Catalog;
import io.llmplatform.contracts.event.ModelEvent.Deployment;
import io.llmplatform.contracts.event.ModelEvent.Details;
import io.llmplatform.contracts.event.ModelEvent.Price;
import io.llmplatform.contracts.policy.CacheRule;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.contracts.policy.Routing;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a model. Every command answers with the version. */
public sealed interface ModelCommand {
    String modelId();

    /** @param details with at least one deployment, each with a fresh id */
    record CreateModel(@TargetAggregateIdentifier String modelId, Details details) implements ModelCommand {}

    record EditModel(
            @TargetAggregateIdentifier String modelId,
            @Nullable Long expectedVersion,
            Edit edit) implements ModelCommand {}

    record DisableModel(
            @TargetAggregateIdentifier String modelId,
            @Nullable Long expectedVersion) implements ModelCommand {}

    record EnableModel(
            @TargetAggregateIdentifier String modelId,
            @Nullable Long expectedVersion) implements ModelCommand {}

    /**
     * What becomes of each detail.
     *
     * @param deployments with fresh ids; one of the same provider and upstream model as before keeps its former id
     */
    record Edit(
            Change<List<Deployment>> deployments,
            Change<Price> price,
            Change<Routing> routing,
            Change<Limits> limits,
            Change<CacheRule> cache,
            Change<Catalog> catalog) {
        /** Other deployments and nothing else. */
        public static Edit deployments(List<Deployment> deployments) {
            return new Edit(
                    Change.to(deployments), Change.keep(), Change.keep(), Change.keep(), Change.keep(), Change.keep());
        }

        Details on(Details details) {
            return new Details(
                    details.name(),
                    deployments.onRequired(details.deployments()).stream()
                            .map(deployment -> withFormerId(deployment, details))
                            .toList(),
                    price.on(details.price()),
                    routing.on(details.routing()),
                    limits.on(details.limits()),
                    cache.on(details.cache()),
                    catalog.on(details.catalog()));
        }

        private static Deployment withFormerId(Deployment deployment, Details details) {
            return details.deployments().stream()
                    .filter(former -> former.providerId().equals(deployment.providerId())
                            && former.upstreamModel().equals(deployment.upstreamModel()))
                    .findFirst()
                    .map(former -> new Deployment(
                            former.id(),
                            deployment.providerId(),
                            deployment.upstreamModel(),
                            deployment.weight(),
                            deployment.priority(),
                            deployment.when(),
                            deployment.limits(),
                            deployment.price()))
                    .orElse(deployment);
        }
    }
}
