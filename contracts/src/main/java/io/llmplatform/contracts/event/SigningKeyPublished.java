package io.llmplatform.contracts.event;

/**
 * A public key with which access tokens are verified.
 *
 * @param keyId     the {@code kid} of the tokens
 * @param algorithm {@code Ed25519}
 * @param publicKey X.509 SubjectPublicKeyInfo, base64
 */
@EventType(name = "signing_key.SigningKeyPublished")
public record SigningKeyPublished(String keyId, String algorithm, String publicKey) implements SigningKeyEvent {}
