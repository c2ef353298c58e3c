package io.llmplatform.contracts.event;

/** Facts about a key that signs access tokens. */
public sealed interface SigningKeyEvent extends DomainEvent permits SigningKeyPublished, SigningKeyRetired {
    String keyId();
}
