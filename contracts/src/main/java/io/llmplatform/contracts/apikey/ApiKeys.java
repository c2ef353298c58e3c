package io.llmplatform.contracts.apikey;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Platform API keys: {@code sk-} + 12 public characters + 32 secret characters (190 bits) + 6 characters of CRC-32, all
 * base 62, 53 characters in all. The checksum lets a typing error or a leak be told offline; it is no protection.
 */
public final class ApiKeys {
    public static final int LENGTH = 53;

    /**
     * What a key looks like, for scanners of leaked secrets; {@link #wellFormed} then tells whether it is one. The last six
     * characters are the CRC-32 (as of zlib) of the 47 before, in ASCII, as a number in base 62 with the digits {@code 0-9A-Za-z},
     * filled up with {@code 0} on the left.
     */
    public static final String PATTERN = "(?<![0-9A-Za-z])sk-[0-9A-Za-z]{50}(?![0-9A-Za-z])";

    private static final String PREFIX = "sk-";
    private static final int PUBLIC_END = 15;
    private static final int SECRET_END = 47;
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private ApiKeys() {}

    /** A new key. Never store or log the answer; store {@link #hash}. */
    public static String generate(SecureRandom random) {
        var key = new StringBuilder(LENGTH).append(PREFIX);
        while (key.length() < SECRET_END) {
            key.append(ALPHABET.charAt(random.nextInt(62)));
        }
        return key.append(checksum(key)).toString();
    }

    /** Whether the text has the form and the checksum of a key. */
    public static boolean wellFormed(String key) {
        return key.length() == LENGTH
                && key.startsWith(PREFIX)
                && checksum(key.subSequence(0, SECRET_END)).contentEquals(key.subSequence(SECRET_END, LENGTH));
    }

    /** The part that may be shown, such as {@code sk-4fT9…}: enough to recognise a key, not to use it. */
    public static String displayPrefix(String key) {
        return key.substring(0, PUBLIC_END);
    }

    /**
     * HMAC-SHA-256 of the key under the pepper, base64url without padding. Look-ups by this value need no constant-time
     * comparison: who does not hold the pepper cannot choose it.
     */
    public static String hash(String key, byte[] pepper) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(pepper, "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(key.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }

    private static String checksum(CharSequence text) {
        var crc = new CRC32();
        crc.update(text.toString().getBytes(StandardCharsets.UTF_8));
        var out = new StringBuilder(6);
        for (long rest = crc.getValue(); out.length() < 6; rest /= 62) {
            out.append(ALPHABET.charAt((int) (rest % 62)));
        }
        return out.reverse().toString();
    }
}
