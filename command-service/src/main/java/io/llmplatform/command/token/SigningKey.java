package io.llmplatform.command.token;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.llmplatform.contracts.event.SigningKeyPublished;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** A published key. Its id is derived from the key, so it never changes. */
@Aggregate(type = "signing_key")
class SigningKey {
    @AggregateIdentifier
    private @Nullable String id;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    long handle(PublishSigningKey command) {
        if (id == null) {
            apply(new SigningKeyPublished(command.keyId(), command.algorithm(), command.publicKey()));
        }
        return getVersion();
    }

    @EventSourcingHandler
    void on(SigningKeyPublished event) {
        id = event.keyId();
    }
}
