package io.llmplatform.command.secondfactor;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/** An authenticator app. */
public final class Authenticator {
    private Authenticator() {}

    /** @param ahead steps of half a minute from now; one is right for the clock's drift */
    public static String code(String secret, int ahead) {
        try {
            return new HmacOneTimePasswordGenerator()
                    .generateOneTimePasswordString(
                            new SecretKeySpec(new Base32().decode(secret), "HmacSHA1"),
                            Instant.now().getEpochSecond() / 30 + ahead);
        } catch (InvalidKeyException e) {
            throw new AssertionError(e);
        }
    }
}
