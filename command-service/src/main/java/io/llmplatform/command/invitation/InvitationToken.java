package io.llmplatform.command.invitation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** The secret of a one-time link: {@code inv_} and 256 random bits, base64url, 47 characters in all. */
public final class InvitationToken {
    public static final int LENGTH = 47;
    private static final Pattern FORM = Pattern.compile("inv_[A-Za-z0-9_-]{43}");

    private InvitationToken() {}

    /** A new token. Never store or log the answer; store {@link #hash}. */
    public static String generate(SecureRandom random) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return "inv_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static boolean wellFormed(String token) {
        return FORM.matcher(token).matches();
    }

    /** SHA-256, base64url: a token cannot be guessed, so its hash needs neither salt nor slowness. */
    public static String hash(String token) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(sha.digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
