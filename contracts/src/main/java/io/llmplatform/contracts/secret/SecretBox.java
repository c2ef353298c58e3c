package io.llmplatform.contracts.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** Seals and opens provider secrets (envelope encryption). Thread-safe. */
public final class SecretBox {

    private final int current;
    private final Map<Integer, Aead> keks;

    /** @param keyEncryptionKey 32 bytes, from {@link io.llmplatform.contracts.settings.Secrets#keyBytes}; version 1 */
    public SecretBox(byte[] keyEncryptionKey) {
        this(new KeyRing(1, Map.of(1, keyEncryptionKey)));
    }

    public SecretBox(KeyRing keys) {
        this.current = keys.current();
        this.keks = keys.keys().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, key -> AesGcm.of(key.getValue())));
    }

    /** The version of the key that seals. */
    public int currentVersion() {
        return current;
    }

    /** Whether there is a key of that version. */
    public boolean knows(int version) {
        return keks.containsKey(version);
    }

    /** Whether it is sealed with the current key. */
    public boolean isCurrent(SealedSecret sealed) {
        return sealed.kek() == current;
    }

    /** @param owner the id of what the secret belongs to; a sealed secret moved to another owner does not open */
    public SealedSecret seal(String secret, String owner) {
        try {
            var aad = owner.getBytes(StandardCharsets.UTF_8);
            var dataKey = SecretBytes.randomBytes(AesGcm.KEY_BYTES).toByteArray(InsecureSecretKeyAccess.get());
            var base64 = Base64.getEncoder();
            return new SealedSecret(
                    current,
                    base64.encodeToString(kek(current, owner).encrypt(dataKey, aad)),
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
            var dataKey = kek(sealed.kek(), owner).decrypt(base64.decode(sealed.wrappedKey()), aad);
            return new String(
                    AesGcm.of(dataKey).decrypt(base64.decode(sealed.ciphertext()), aad), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new WrongKeyException(owner, e);
        }
    }

    /**
     * The same secret under the current key. Only the data key is wrapped anew; the secret is not opened.
     *
     * @throws WrongKeyException as of {@link #open}
     */
    public SealedSecret rewrap(SealedSecret sealed, String owner) {
        try {
            var aad = owner.getBytes(StandardCharsets.UTF_8);
            var dataKey = kek(sealed.kek(), owner).decrypt(Base64.getDecoder().decode(sealed.wrappedKey()), aad);
            var wrapped = Base64.getEncoder().encodeToString(kek(current, owner).encrypt(dataKey, aad));
            return new SealedSecret(current, wrapped, sealed.ciphertext());
        } catch (GeneralSecurityException e) {
            throw new WrongKeyException(owner, e);
        }
    }

    private Aead kek(int version, String owner) {
        var kek = keks.get(version);
        if (kek == null) {
            throw new WrongKeyException(owner, version);
        }
        return kek;
    }

    /** The key-encryption key does not open a secret. */
    public static final class WrongKeyException extends RuntimeException {
        WrongKeyException(String owner, Throwable cause) {
            super(
                    "the secret of " + owner + " does not open: KEY_ENCRYPTION_KEY is not the one it was sealed with",
                    cause);
        }

        WrongKeyException(String owner, int version) {
            super("the secret of " + owner + " does not open: there is no KEY_ENCRYPTION_KEY of version " + version);
        }
    }
}
