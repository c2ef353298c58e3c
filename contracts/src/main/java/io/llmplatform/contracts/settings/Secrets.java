package io.llmplatform.contracts.settings;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Set;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Secrets from the environment: {@code SECRET_KEY} (signs logins; command-service only), {@code API_KEY_PEPPER} and
 * {@code KEY_ENCRYPTION_KEY} (command-service and gateway), {@code PERSONAL_DATA_KEY} (command-service and projections).
 */
public final class Secrets {
    public static final int MIN_LENGTH = 32;

    /** Values that stand in documents and examples, so everybody knows them. */
    private static final Set<String> WELL_KNOWN =
            Set.of("your-secret-key-change-this-in-production", "your-super-secret-production-key");

    private Secrets() {}

    /**
     * Checks a secret at start-up.
     *
     * @param demo whether the platform runs in demo mode, the only place where well-known values and those that begin
     *             with {@code demo-} are taken
     * @throws IllegalStateException naming the variable, never the value
     */
    public static String require(String variable, String value, boolean demo) {
        if (value.isBlank()) {
            throw new IllegalStateException(variable + " is not set; set it to at least " + MIN_LENGTH
                    + " random characters, such as the output of: openssl rand -base64 48");
        }
        if (value.length() < MIN_LENGTH) {
            throw new IllegalStateException(
                    variable + " is too short: " + value.length() + " characters, at least " + MIN_LENGTH + " needed");
        }
        if (!demo
                && (WELL_KNOWN.contains(value) || value.toLowerCase(Locale.ROOT).startsWith("demo-"))) {
            throw new IllegalStateException(
                    variable + " is a demo secret; outside demo mode (PLATFORM_MODE=demo) set one of your own");
        }
        return value;
    }

    /** 32 key bytes from a secret of any form, by HKDF-SHA-256; each purpose has bytes of its own. */
    public static byte[] keyBytes(String secret, String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(secret.getBytes(StandardCharsets.UTF_8))
                            .addSalt("llm-platform".getBytes(StandardCharsets.UTF_8))
                            .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF-SHA256 is part of JDK 25", e);
        }
    }
}
