package io.llmplatform.command.secondfactor;

import io.llmplatform.command.settings.PlatformSettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;
import org.springframework.stereotype.Component;

/**
 * Codes for the day on which the phone is gone: 50 random bits each, as {@code abcde-fgh23}. Hashed under a secret, so
 * that they cannot be tried out against a stolen table.
 */
@Component
public class RecoveryCodes {
    static final int HOW_MANY = 10;
    private static final int LENGTH = 10;
    private static final Pattern FORM = Pattern.compile("[a-z2-7]{" + LENGTH + "}");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s-]+");

    private final SecureRandom random;
    private final SecretKeySpec secret;

    RecoveryCodes(SecureRandom random, PlatformSettings settings) {
        this.random = random;
        this.secret = new SecretKeySpec(settings.apiKeyPepper(), "HmacSHA256");
    }

    /** New ones, to be shown once. */
    public List<String> mint() {
        return Stream.generate(this::one).distinct().limit(HOW_MANY).toList();
    }

    /** Whether it is one at all, in whatever way it was copied. */
    public static boolean wellFormed(String code) {
        return FORM.matcher(plain(code)).matches();
    }

    /** @param userId so that two people's codes have nothing in common */
    public String hash(String userId, String code) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            var text = "recovery-code\n" + userId + '\n' + plain(code);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }

    private String one() {
        var bytes = new byte[7];
        random.nextBytes(bytes);
        var text = new Base32().encodeToString(bytes).toLowerCase(Locale.ROOT);
        return text.substring(0, LENGTH / 2) + "-" + text.substring(LENGTH / 2, LENGTH);
    }

    private static String plain(String code) {
        return SEPARATORS.matcher(code).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
