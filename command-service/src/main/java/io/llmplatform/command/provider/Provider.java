package io.llmplatform.command.provider;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.llmplatform.command.change.ExpectedVersion;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.eventstore.Snapshots;
import io.llmplatform.command.provider.ProviderCommand.CreateProvider;
import io.llmplatform.command.provider.ProviderCommand.DisableProvider;
import io.llmplatform.command.provider.ProviderCommand.EditProvider;
import io.llmplatform.command.provider.ProviderCommand.EnableProvider;
import io.llmplatform.command.provider.ProviderCommand.RewrapProviderSecret;
import io.llmplatform.command.provider.ProviderCommand.RotateProviderSecret;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.contracts.event.ProviderEvent.Details;
import io.llmplatform.contracts.event.ProviderEvent.ProviderCreated;
import io.llmplatform.contracts.event.ProviderEvent.ProviderDisabled;
import io.llmplatform.contracts.event.ProviderEvent.ProviderEdited;
import io.llmplatform.contracts.event.ProviderEvent.ProviderEnabled;
import io.llmplatform.contracts.event.ProviderEvent.ProviderSecretRewrapped;
import io.llmplatform.contracts.event.ProviderEvent.ProviderSecretRotated;
import io.llmplatform.contracts.secret.SealedSecret;
import io.llmplatform.contracts.secret.SecretBox;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** Where models run. Its type is fixed: a provider of another kind is another provider. */
@Aggregate(type = "provider", snapshotTriggerDefinition = Snapshots.AFTER_MANY_EVENTS)
class Provider {
    @AggregateIdentifier
    private @Nullable String id;

    private Details details = new Details("", "", "");
    private @Nullable SealedSecret secret;
    private boolean active;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    long handle(CreateProvider command, NameClaims claims) {
        claims.claim(NameClaims.Kind.PROVIDER, command.details().name(), command.providerId());
        apply(new ProviderCreated(command.providerId(), command.details(), command.secret()));
        return getVersion();
    }

    @CommandHandler
    long handle(EditProvider command, NameClaims claims) {
        ExpectedVersion.check(command.expectedVersion());
        var after = new Details(
                command.name().onRequired(details.name()),
                details.type(),
                command.baseUrl().onRequired(details.baseUrl()));
        if (!after.equals(details)) {
            ProviderType.of(details.type()).problem(after.baseUrl()).ifPresent(problem -> {
                throw new Refusal.Invalid("base_url", problem);
            });
            rename(command.providerId(), after.name(), claims);
            apply(new ProviderEdited(command.providerId(), details, after));
        }
        if (command.secret() != null) {
            apply(new ProviderSecretRotated(command.providerId(), command.secret()));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(RotateProviderSecret command) {
        ExpectedVersion.check(command.expectedVersion());
        apply(new ProviderSecretRotated(command.providerId(), command.secret()));
        return getVersion();
    }

    @CommandHandler
    boolean handle(RewrapProviderSecret command, SecretBox box) {
        var sealed = secret;
        if (sealed == null || box.isCurrent(sealed)) {
            return false;
        }
        var rewrapped = box.rewrap(sealed, command.providerId());
        apply(new ProviderSecretRewrapped(command.providerId(), sealed.kek(), rewrapped));
        return true;
    }

    @CommandHandler
    long handle(DisableProvider command) {
        ExpectedVersion.check(command.expectedVersion());
        if (active) {
            apply(new ProviderDisabled(command.providerId()));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(EnableProvider command) {
        ExpectedVersion.check(command.expectedVersion());
        if (!active) {
            apply(new ProviderEnabled(command.providerId()));
        }
        return getVersion();
    }

    private void rename(String id, String name, NameClaims claims) {
        if (!name.equals(details.name())) {
            claims.release(NameClaims.Kind.PROVIDER, id);
            claims.claim(NameClaims.Kind.PROVIDER, name, id);
        }
    }

    @EventSourcingHandler
    void on(ProviderCreated event) {
        id = event.providerId();
        details = event.details();
        secret = event.secret();
        active = true;
    }

    @EventSourcingHandler
    void on(ProviderSecretRotated event) {
        secret = event.secret();
    }

    @EventSourcingHandler
    void on(ProviderSecretRewrapped event) {
        secret = event.secret();
    }

    @EventSourcingHandler
    void on(ProviderEdited event) {
        details = event.after();
    }

    @EventSourcingHandler
    void on(ProviderDisabled event) {
        active = false;
    }

    @EventSourcingHandler
    void on(ProviderEnabled event) {
        active = true;
    }
}
