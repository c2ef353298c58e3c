package io.llmplatform.command.token;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a signing key. */
sealed interface SigningKeyCommand {
    String keyId();

    /** Makes a public key known to whoever verifies access tokens. Nothing happens when it is known already. */
    record PublishSigningKey(@TargetAggregateIdentifier String keyId, String algorithm, String publicKey)
            implements SigningKeyCommand {}

    /** Tokens of that key are refused from now on. Nothing happens when they are already. */
    record RetireSigningKey(@TargetAggregateIdentifier String keyId) implements SigningKeyCommand {}
}
