package io.llmplatform.command.model;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.llmplatform.command.change.ExpectedVersion;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.model.ModelCommand.CreateModel;
import io.llmplatform.command.model.ModelCommand.DisableModel;
import io.llmplatform.command.model.ModelCommand.EditModel;
import io.llmplatform.command.model.ModelCommand.EnableModel;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.contracts.event.ModelEvent.Deployment;
import io.llmplatform.contracts.event.ModelEvent.Details;
import io.llmplatform.contracts.event.ModelEvent.ModelCreated;
import io.llmplatform.contracts.event.ModelEvent.ModelDisabled;
import io.llmplatform.contracts.event.ModelEvent.ModelEdited;
import io.llmplatform.contracts.event.ModelEvent.ModelEnabled;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** What callers name, and the deployments that serve it. */
@Aggregate(type = "model")
class Model {
    @AggregateIdentifier
    private @Nullable String id;

    private Details details = new Details("", List.of(), null);
    private boolean active;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    long handle(CreateModel command, NameClaims claims) {
        requireProviders(command.deployments(), claims);
        claims.claim(NameClaims.Kind.MODEL, command.name(), command.modelId());
        apply(new ModelCreated(command.modelId(), new Details(command.name(), command.deployments(), command.price())));
        return getVersion();
    }

    @CommandHandler
    long handle(EditModel command, NameClaims claims) {
        ExpectedVersion.check(command.expectedVersion());
        var deployments = command.deployments().onRequired(details.deployments());
        var after = new Details(
                details.name(),
                deployments.stream().map(this::withFormerId).toList(),
                command.price().on(details.price()));
        if (!after.equals(details)) {
            requireProviders(after.deployments(), claims);
            apply(new ModelEdited(command.modelId(), details, after));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(DisableModel command) {
        ExpectedVersion.check(command.expectedVersion());
        if (active) {
            apply(new ModelDisabled(command.modelId()));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(EnableModel command) {
        ExpectedVersion.check(command.expectedVersion());
        if (!active) {
            apply(new ModelEnabled(command.modelId()));
        }
        return getVersion();
    }

    private static void requireProviders(List<Deployment> deployments, NameClaims claims) {
        for (int i = 0; i < deployments.size(); i++) {
            if (!claims.isOwner(NameClaims.Kind.PROVIDER, deployments.get(i).providerId())) {
                throw new Refusal.UnknownReference("deployments[" + i + "].provider_id", "no such provider");
            }
        }
    }

    private Deployment withFormerId(Deployment deployment) {
        return details.deployments().stream()
                .filter(former -> former.providerId().equals(deployment.providerId())
                        && former.upstreamModel().equals(deployment.upstreamModel()))
                .findFirst()
                .map(former -> new Deployment(
                        former.id(), deployment.providerId(), deployment.upstreamModel(), deployment.weight()))
                .orElse(deployment);
    }

    @EventSourcingHandler
    void on(ModelCreated event) {
        id = event.modelId();
        details = event.details();
        active = true;
    }

    @EventSourcingHandler
    void on(ModelEdited event) {
        details = event.after();
    }

    @EventSourcingHandler
    void on(ModelDisabled event) {
        active = false;
    }

    @EventSourcingHandler
    void on(ModelEnabled event) {
        active = true;
    }
}
