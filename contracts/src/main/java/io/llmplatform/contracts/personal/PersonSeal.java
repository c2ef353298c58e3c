package io.llmplatform.contracts.personal;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HpkePrivateKey;
import com.google.crypto.tink.hybrid.HpkePublicKey;
import com.google.crypto.tink.hybrid.HybridConfig2026;
import com.google.crypto.tink.subtle.X25519;
import com.google.crypto.tink.util.Bytes;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * For who writes about a person but may not read it, the gateway: HPKE (RFC 9180; X25519, HKDF-SHA-256, AES-256-GCM) to a key that
 * follows from the person's own, so that it is destroyed with it.
 */
public final class PersonSeal {
    private static final String MARK = "sealed:";
    private static final byte[] PURPOSE = "person-seal".getBytes(StandardCharsets.UTF_8);
    private static final HpkeParameters PARAMETERS = parameters();

    private PersonSeal() {}

    /**
     * What seals for that person and opens nothing.
     *
     * @param personKey 32 bytes
     * @return base64
     */
    public static String publicKey(byte[] personKey) {
        try {
            return Base64.getEncoder().encodeToString(X25519.publicFromPrivate(privateBytes(personKey)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no sealing key follows from the person's", e);
        }
    }

    /**
     * Takes some 0.1 ms, so the result is worth being kept.
     *
     * @throws IllegalArgumentException when that is no public key
     */
    public static String seal(String publicKey, String clear) {
        try {
            var sealed = primitive(publicKey(publicKey), HybridEncrypt.class)
                    .encrypt(clear.getBytes(StandardCharsets.UTF_8), PURPOSE);
            return MARK + Base64.getEncoder().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a public key of X25519", e);
        }
    }

    public static boolean isSealed(String text) {
        return text.startsWith(MARK);
    }

    /** @return {@link PersonalData#ERASED} when it was sealed to another key */
    public static String open(byte[] personKey, String sealed) {
        try {
            var bytes = Base64.getDecoder().decode(sealed.substring(MARK.length()));
            return new String(
                    primitive(privateKey(personKey), HybridDecrypt.class).decrypt(bytes, PURPOSE),
                    StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return PersonalData.ERASED;
        }
    }

    private static <P> P primitive(Key key, Class<P> type) throws GeneralSecurityException {
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(key).withFixedId(1).makePrimary())
                .build()
                .getPrimitive(HybridConfig2026.get(), type);
    }

    @AccessesPartialKey
    private static HpkePublicKey publicKey(String base64) throws GeneralSecurityException {
        return HpkePublicKey.create(
                PARAMETERS, Bytes.copyFrom(Base64.getDecoder().decode(base64)), null);
    }

    @AccessesPartialKey
    private static HpkePrivateKey privateKey(byte[] personKey) throws GeneralSecurityException {
        return HpkePrivateKey.create(
                publicKey(publicKey(personKey)),
                SecretBytes.copyFrom(privateBytes(personKey), InsecureSecretKeyAccess.get()));
    }

    private static byte[] privateBytes(byte[] personKey) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract().addIKM(personKey).thenExpand(PURPOSE, 32));
    }

    private static HpkeParameters parameters() {
        try {
            return HpkeParameters.builder()
                    .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
                    .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                    .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
                    .setVariant(HpkeParameters.Variant.NO_PREFIX)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("these belong together", e);
        }
    }
}
