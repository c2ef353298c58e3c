package io.llmplatform.command.settings;

import io.llmplatform.contracts.personal.PersonKeyBox;
import io.llmplatform.contracts.secret.KeyRing;
import io.llmplatform.contracts.settings.DatabaseUrl;
import io.llmplatform.contracts.settings.Secrets;
import java.time.Duration;
import java.util.Locale;
import org.springframework.core.env.Environment;

/**
 * The settings of this service, under the names that every service shares. Reading them checks them: a missing or
 * well-known secret ends the start with a message that names the variable.
 *
 * @param sessionIdle      how long a login lasts without being refreshed
 * @param sessionLifetime  how long a login lasts at most
 * @param internalUpstreams whether providers may be in the platform's own network; the default is yes in demo mode only
 */
public record PlatformSettings(
        boolean demo,
        DatabaseUrl database,
        String kafkaBootstrapServers,
        short kafkaReplicationFactor,
        Duration accessTokenLifetime,
        Duration sessionIdle,
        Duration sessionLifetime,
        boolean internalUpstreams,
        byte[] tokenSeed,
        byte[] apiKeyPepper,
        KeyRing keyEncryptionKeys,
        byte[] personalDataKey) {

    /** @throws IllegalStateException naming the variable that is missing or wrong, never its value */
    public static PlatformSettings from(Environment environment) {
        var mode = text(environment, "PLATFORM_MODE", "production");
        var demo =
                switch (mode) {
                    case "demo" -> true;
                    case "production" -> false;
                    default ->
                        throw new IllegalStateException("PLATFORM_MODE is '" + mode + "'; expected demo or production");
                };
        return new PlatformSettings(
                demo,
                DatabaseUrl.parse(
                        required(environment, "DATABASE_URL", "postgresql://user:password@host:port/database")),
                text(environment, "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:19092"),
                (short) number(environment, "KAFKA_REPLICATION_FACTOR", 1, 32),
                Duration.ofMinutes(number(environment, "ACCESS_TOKEN_EXPIRE_MINUTES", 15, 525_600)),
                Duration.ofMinutes(number(environment, "SESSION_IDLE_MINUTES", 720, 525_600)),
                Duration.ofMinutes(number(environment, "SESSION_LIFETIME_MINUTES", 10_080, 525_600)),
                flag(environment, "UPSTREAM_ALLOW_PRIVATE", demo),
                key(environment, "SECRET_KEY", "access-token-signing", demo),
                key(environment, "API_KEY_PEPPER", "api-key-pepper", demo),
                KeyRing.from(environment::getProperty, demo),
                key(environment, "PERSONAL_DATA_KEY", PersonKeyBox.PURPOSE, demo));
    }

    private static byte[] key(Environment environment, String variable, String purpose, boolean demo) {
        return Secrets.keyBytes(Secrets.require(variable, text(environment, variable, ""), demo), purpose);
    }

    private static String required(Environment environment, String variable, String form) {
        var value = text(environment, variable, "");
        if (value.isBlank()) {
            throw new IllegalStateException(variable + " is not set; expected " + form);
        }
        return value;
    }

    private static int number(Environment environment, String variable, int fallback, int most) {
        var value = text(environment, variable, String.valueOf(fallback));
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalStateException(variable + " is '" + value + "'; expected a whole number", e);
        }
        throw new IllegalStateException(variable + " is " + value + "; expected 1 to " + most);
    }

    private static boolean flag(Environment environment, String variable, boolean fallback) {
        var value = text(environment, variable, String.valueOf(fallback));
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalStateException(variable + " is '" + value + "'; expected true or false");
        };
    }

    private static String text(Environment environment, String variable, String fallback) {
        var value = environment.getProperty(variable);
        return value == null || value.isBlank() ? fallback : value;
    }

    @Override
    public String toString() {
        return "PlatformSettings[demo=" + demo + ", database=" + database + "]";
    }
}
