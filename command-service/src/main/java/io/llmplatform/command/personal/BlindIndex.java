package io.llmplatform.command.personal;

import io.llmplatform.command.settings.PlatformSettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** HMAC-SHA-256 under PERSONAL_DATA_KEY. */
@Component
class BlindIndex {
    private final SecretKeySpec secret;

    BlindIndex(PlatformSettings settings) {
        this.secret = new SecretKeySpec(settings.personalDataKey(), "HmacSHA256");
    }

    /** Base64url. */
    String of(String purpose, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            var hash = mac.doFinal(("index\n" + purpose + '\n' + text).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }
}
