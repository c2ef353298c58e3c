package io.llmplatform.command.model;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.llmplatform.command.change.ExpectedVersion;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.eventstore.Snapshots;
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
@Aggregate(type = "model", snapshotTriggerDefinition = Snapshots.AFTER_MANY_EVENTS)
class Model {
    @AggregateIdentifier
    private @Nullable String id;

    private Details details = new Details("", List.of(), null, null, null, null);
    private boolean active;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    long handle(CreateModel command, NameClaims claims) {
        requireProviders(command.details().deployments(), claims);
        refuseItselfAsFallback(command.details());
        claims.claim(NameClaims.Kind.MODEL, command.details().name(), command.modelId());
        apply(new ModelCreated(command.modelId(), command.details()));
        return getVersion();
    }

    @CommandHandler
    long handle(EditModel command, NameClaims claims) {
        ExpectedVersion.check(command.expectedVersion());
        var after = command.edit().on(details);
        if (!after.equals(details)) {
            requireProviders(after.deployments(), claims);
            refuseItselfAsFallback(after);
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

    private static void refuseItselfAsFallback(Details details) {
        var routing = details.routing();
        if (routing != null
                && routing.fallbacks() != null
                && routing.fallbacks().contains(details.name())) {
            throw new Refusal.Invalid("routing.fallbacks", "must not name the model itself");
        }
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
