package io.llmplatform.command.token;

import com.google.crypto.tink.subtle.Ed25519Sign;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The Ed25519 pair that signs access tokens, derived from {@code SECRET_KEY}: every instance and every start has the
 * same one.
 *
 * @param id the {@code kid}: first 16 characters of the base64url SHA-256 of the raw public key
 */
public record SigningKeyPair(String id, PrivateKey signing, PublicKey verifying) {
    public static final String ALGORITHM = "Ed25519";

    /** What stands before the 32 raw bytes in an X.509 SubjectPublicKeyInfo of Ed25519 (RFC 8410). */
    private static final byte[] SPKI_HEADER = HexFormat.of().parseHex("302a300506032b6570032100");

    /** @param seed 32 bytes */
    public static SigningKeyPair fromSeed(byte[] seed) {
        try {
            // The JDK derives no public key from a private one; Tink does.
            var raw = Ed25519Sign.KeyPair.newKeyPairFromSeed(seed).getPublicKey();
            var spki = new ByteArrayOutputStream();
            spki.writeBytes(SPKI_HEADER);
            spki.writeBytes(raw);
            var keys = KeyFactory.getInstance(ALGORITHM);
            var id = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(raw))
                    .substring(0, 16);
            return new SigningKeyPair(
                    id,
                    keys.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)),
                    keys.generatePublic(new X509EncodedKeySpec(spki.toByteArray())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 and SHA-256 are part of every JDK", e);
        }
    }

    /** X.509 SubjectPublicKeyInfo, base64. */
    public String publicKey() {
        return Base64.getEncoder().encodeToString(verifying.getEncoded());
    }

    @Override
    public String toString() {
        return "SigningKeyPair[" + id + "]";
    }
}
