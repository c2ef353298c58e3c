package io.llmplatform.command.sso;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;

/**
 * A login that was sent to the provider and has not come back. Kept by the browser that began it, sealed.
 *
 * @param state    by which the answer is known to be that of this browser
 * @param nonce    by which the ID token is
 * @param verifier of PKCE, by which a stolen code is worthless
 * @param next     path of the console to go on with
 */
public record PendingLogin(String state, String nonce, String verifier, String next, Instant until) {
    static PendingLogin begin(SecureRandom random, String next, Instant until) {
        return new PendingLogin(secret(random), secret(random), secret(random), next, until);
    }

    /** S256 of the verifier. */
    String challenge() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    public boolean isOf(String givenState) {
        return MessageDigest.isEqual(
                state.getBytes(StandardCharsets.UTF_8), givenState.getBytes(StandardCharsets.UTF_8));
    }

    private static String secret(SecureRandom random) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "PendingLogin[" + until + "]";
    }
}
