package io.llmplatform.contracts.secret;

/**
 * A secret that only the holder of the key-encryption key can open: a fresh AES-256 data key per secret, wrapped by the
 * key-encryption key, so that rotating the latter rewraps 60 bytes and never touches the secret.
 *
 * @param kek        version of the key-encryption key, such as {@code 1}
 * @param wrappedKey the data key under the key-encryption key, base64
 * @param ciphertext the secret under the data key (AES-256-GCM, nonce first), base64
 */
public record SealedSecret(int kek, String wrappedKey, String ciphertext) {}
