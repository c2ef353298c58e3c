package io.llmplatform.proxy.api.messages;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The id of an end user as every provider takes it. OpenAI refuses more than 64 characters (Claude Code sends about
 * 150), DeepSeek other characters than letters, digits, {@code _} and {@code -}, Anthropic anything that looks like an
 * e-mail address.
 */
public final class OpaqueUser {
    private static final int MAX = 64;

    private OpaqueUser() {}

    /** The id itself where it is plain and short, else its SHA-256 in hexadecimal: as stable, and just as long as allowed. */
    public static String of(String user) {
        if (user.length() <= MAX && user.chars().allMatch(OpaqueUser::plain)) {
            return user;
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(user.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean plain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }
}
