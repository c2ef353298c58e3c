package io.llmplatform.command.secondfactor;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/**
 * Codes of authenticator apps as every app makes them: RFC 6238 with SHA-1, six digits, steps of 30 seconds. A code is
 * right one step before and after its own, for clocks that differ.
 */
public final class Totp {
    static final long STEP_SECONDS = 30;
    private static final int DRIFT = 1;
    private static final int DIGITS = 6;
    private static final int SECRET_BYTES = 20;
    private static final String ALGORITHM = "HmacSHA1";
    private static final String ISSUER = "LLM Platform";
    private static final Pattern FORM = Pattern.compile("[0-9]{" + DIGITS + "}");

    private Totp() {}

    /** 160 random bits, Base32, as people type it into an app. */
    public static String secret(SecureRandom random) {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return new Base32().encodeToString(bytes);
    }

    /** What the QR code says. */
    public static String uri(String secret, String username) {
        return "otpauth://totp/" + encoded(ISSUER) + ":" + encoded(username) + "?secret=" + secret + "&issuer="
                + encoded(ISSUER) + "&algorithm=SHA1&digits=" + DIGITS + "&period=" + STEP_SECONDS;
    }

    public static boolean wellFormed(String code) {
        return FORM.matcher(code).matches();
    }

    /** The step whose code it is, if it is right now; every candidate is compared, in constant time. */
    public static OptionalLong step(String secret, String code, Instant now) {
        var given = code.getBytes(StandardCharsets.UTF_8);
        long current = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
        var found = OptionalLong.empty();
        for (long step = current - DRIFT; step <= current + DRIFT; step++) {
            if (MessageDigest.isEqual(code(secret, step).getBytes(StandardCharsets.UTF_8), given)) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    static String code(String secret, long step) {
        try {
            var key = new SecretKeySpec(new Base32().decode(secret), ALGORITHM);
            return new HmacOneTimePasswordGenerator(DIGITS).generateOneTimePasswordString(key, step);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("every key fits " + ALGORITHM, e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
