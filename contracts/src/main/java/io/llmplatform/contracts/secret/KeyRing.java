package io.llmplatform.contracts.secret;

import io.llmplatform.contracts.settings.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The key-encryption keys that one process holds: the current one, which seals, and former ones, which open what they
 * sealed until it is rewrapped.
 *
 * @param keys by version, 32 bytes each; the current one among them
 */
public record KeyRing(int current, Map<Integer, byte[]> keys) {
    private static final String NAME = "KEY_ENCRYPTION_KEY";
    private static final String PURPOSE = "key-encryption-key";
    private static final int HIGHEST = 1_000_000;

    public KeyRing {
        keys = Map.copyOf(keys);
        if (!keys.containsKey(current)) {
            throw new IllegalArgumentException("no key of the current version " + current);
        }
    }

    /**
     * Reads {@code KEY_ENCRYPTION_KEY}, {@code KEY_ENCRYPTION_KEY_VERSION} (absent = 1) and {@code KEY_ENCRYPTION_KEY_PREVIOUS}
     * (a line {@code version:key} for each). Key and previous keys may stand in files instead, named by the variable with
     * {@code _FILE} behind it.
     *
     * @param variables the value of a variable; null or blank when it is not set
     * @param demo      as of {@link Secrets#require}
     * @throws IllegalStateException naming the variable that is missing or wrong, never its value
     */
    public static KeyRing from(UnaryOperator<@Nullable String> variables, boolean demo) {
        int current = version(NAME + "_VERSION", text(variables, NAME + "_VERSION", "1"));
        var keys = new TreeMap<Integer, byte[]>();
        keys.put(current, bytes(NAME, secret(variables, NAME), demo));
        for (var line :
                secret(variables, NAME + "_PREVIOUS").lines().map(String::strip).toList()) {
            int colon = line.indexOf(':');
            if (line.isEmpty()) {
                continue;
            }
            if (colon < 1) {
                throw new IllegalStateException(NAME + "_PREVIOUS: expected lines of the form version:key");
            }
            int version = version(NAME + "_PREVIOUS", line.substring(0, colon));
            var former = bytes(NAME + "_PREVIOUS", line.substring(colon + 1).strip(), demo);
            if (keys.putIfAbsent(version, former) != null) {
                throw new IllegalStateException(NAME + "_PREVIOUS: version " + version
                        + " is there twice; a new key needs a new " + NAME + "_VERSION");
            }
        }
        return new KeyRing(current, keys);
    }

    private static byte[] bytes(String variable, String value, boolean demo) {
        return Secrets.keyBytes(Secrets.require(variable, value, demo), PURPOSE);
    }

    private static int version(String variable, String text) {
        if (text.strip().matches("[1-9]\\d{0,6}") && Integer.parseInt(text.strip()) <= HIGHEST) {
            return Integer.parseInt(text.strip());
        }
        throw new IllegalStateException(variable + ": expected a version from 1 to " + HIGHEST);
    }

    private static String secret(UnaryOperator<@Nullable String> variables, String name) {
        var value = text(variables, name, "");
        var file = text(variables, name + "_FILE", "");
        if (file.isEmpty()) {
            return value;
        }
        if (!value.isEmpty()) {
            throw new IllegalStateException("both " + name + " and " + name + "_FILE are set; set one of them");
        }
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new IllegalStateException(name + "_FILE cannot be read: " + file, e);
        }
    }

    private static String text(UnaryOperator<@Nullable String> variables, String name, String otherwise) {
        var value = variables.apply(name);
        return value == null || value.isBlank() ? otherwise : value;
    }

    @Override
    public String toString() {
        return "KeyRing[current=" + current + ", versions=" + new TreeMap<>(keys).keySet() + "]";
    }
}
