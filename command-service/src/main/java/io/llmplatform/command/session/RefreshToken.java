package io.llmplatform.command.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * What keeps a session alive: {@code rt_} and 256 random bits in base64url. Stored as its SHA-256, which is enough for
 * something that cannot be guessed.
 */
public record RefreshToken(String secret) {
    private static final Pattern FORM = Pattern.compile("rt_[A-Za-z0-9_-]{43}");

    /** @param random unguessable */
    static RefreshToken mint(RandomGenerator random) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return new RefreshToken("rt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Nothing for a text that cannot be one. */
    public static Optional<RefreshToken> of(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new RefreshToken(text)) : Optional.empty();
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    @Override
    public String toString() {
        return "RefreshToken[…]";
    }
}
