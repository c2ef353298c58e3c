package io.llmplatform.command.token;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.token.SigningKeyCommand.PublishSigningKey;
import io.llmplatform.command.token.SigningKeyCommand.RetireSigningKey;
import io.llmplatform.contracts.event.SigningKeyPublished;
import io.llmplatform.contracts.event.SigningKeyRetired;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** A published key. Its id is derived from the key, so it never changes. Once retired it never signs again. */
@Aggregate(type = "signing_key")
class SigningKey {
    @AggregateIdentifier
    private @Nullable String id;

    private boolean retired;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    long handle(PublishSigningKey command) {
        if (retired) {
            throw new Refusal.Conflict("signing key " + command.keyId() + " has been retired");
        }
        if (id == null) {
            apply(new SigningKeyPublished(command.keyId(), command.algorithm(), command.publicKey()));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(RetireSigningKey command) {
        if (!retired) {
            apply(new SigningKeyRetired(command.keyId()));
        }
        return getVersion();
    }

    @EventSourcingHandler
    void on(SigningKeyPublished event) {
        id = event.keyId();
    }

    @EventSourcingHandler
    void on(SigningKeyRetired event) {
        retired = true;
    }
}
