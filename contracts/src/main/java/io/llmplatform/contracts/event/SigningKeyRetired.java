package io.llmplatform.contracts.event;

/** Tokens signed with that key are refused from now on. Final. */
@EventType(name = "signing_key.SigningKeyRetired")
public record SigningKeyRetired(String keyId) implements SigningKeyEvent {}
