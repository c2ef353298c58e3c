package io.llmplatform.contracts.personal;

import com.google.crypto.tink.Aead;
import io.llmplatform.contracts.secret.AesGcm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * Wraps the keys of persons under the platform's {@code PERSONAL_DATA_KEY}, for the table and the topic that they are kept in. A
 * wrapped key that is moved to another person does not open. Thread-safe.
 */
public final class PersonKeyBox {
    /** For {@link io.llmplatform.contracts.settings.Secrets#keyBytes}. */
    public static final String PURPOSE = "personal-data-key";

    private final Aead platform;

    /** @param personalDataKey 32 bytes */
    public PersonKeyBox(byte[] personalDataKey) {
        this.platform = AesGcm.of(personalDataKey);
    }

    /** Base64. */
    public String wrap(byte[] key, String subject) {
        try {
            return Base64.getEncoder().encodeToString(platform.encrypt(key, aad(subject)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("wrapping the key of " + subject + " failed", e);
        }
    }

    /** @throws IllegalArgumentException when it was wrapped for another person or under another PERSONAL_DATA_KEY */
    public byte[] unwrap(String wrapped, String subject) {
        try {
            return platform.decrypt(Base64.getDecoder().decode(wrapped), aad(subject));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the key of " + subject + " does not open: PERSONAL_DATA_KEY is not the one it was wrapped with",
                    e);
        }
    }

    private static byte[] aad(String subject) {
        return subject.getBytes(StandardCharsets.UTF_8);
    }
}
