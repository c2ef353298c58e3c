package io.llmplatform.contracts.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/** Seals and opens provider secrets (envelope encryption). Thread-safe. */
public final class SecretBox {
    private static final int CURRENT_KEK = 1;

    private final Aead kek;

    /** @param keyEncryptionKey 32 bytes, from {@link io.llmplatform.contracts.settings.Secrets#keyBytes} */
    public SecretBox(byte[] keyEncryptionKey) {
        this.kek = AesGcm.of(keyEncryptionKey);
    }

    /** @param owner the id of what the secret belongs to; a sealed secret moved to another owner does not open */
    public SealedSecret seal(String secret, String owner) {
        try {
            var aad = owner.getBytes(StandardCharsets.UTF_8);
            var dataKey = SecretBytes.randomBytes(AesGcm.KEY_BYTES).toByteArray(InsecureSecretKeyAccess.get());
            var base64 = Base64.getEncoder();
            return new SealedSecret(
                    CURRENT_KEK,
                    base64.encodeToString(kek.encrypt(dataKey, aad)),
                    base64.encodeToString(AesGcm.of(dataKey).encrypt(secret.getBytes(StandardCharsets.UTF_8), aad)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing the secret of " + owner + " failed", e);
        }
    }

    /** @throws WrongKeyException when the key-encryption key or the owner is not the one it was sealed with */
    public String open(SealedSecret sealed, String owner) {
        try {
            var aad = owner.getBytes(StandardCharsets.UTF_8);
            var base64 = Base64.getDecoder();
            var dataKey = kek.decrypt(base64.decode(sealed.wrappedKey()), aad);
            return new String(
                    AesGcm.of(dataKey).decrypt(base64.decode(sealed.ciphertext()), aad), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new WrongKeyException(owner, e);
        }
    }

    /** The key-encryption key does not open a secret. */
    public static final class WrongKeyException extends RuntimeException {
        WrongKeyException(String owner, Throwable cause) {
            super(
                    "the secret of " + owner + " does not open: KEY_ENCRYPTION_KEY is not the one it was sealed with",
                    cause);
        }
    }
}
