package io.llmplatform.command.token;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Makes a public key known to whoever verifies access tokens. Nothing happens when it is known already. */
public record PublishSigningKey(@TargetAggregateIdentifier String keyId, String algorithm, String publicKey) {}
