package io.llmplatform.contracts.secret;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;

/** AES-256-GCM under a key of our own: 12 bytes of nonce first, a tag of 16 bytes last. */
public final class AesGcm {
    public static final int KEY_BYTES = 32;

    private AesGcm() {}

    /** @throws IllegalArgumentException when the key is not of 32 bytes */
    @AccessesPartialKey
    public static Aead of(byte[] key) {
        try {
            return AesGcmJce.create(AesGcmKey.builder()
                    .setParameters(AesGcmParameters.builder()
                            .setKeySizeBytes(KEY_BYTES)
                            .setIvSizeBytes(12)
                            .setTagSizeBytes(16)
                            .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                            .build())
                    .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
                    .build());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("key-encryption key: expected 32 bytes, got " + key.length, e);
        }
    }
}
