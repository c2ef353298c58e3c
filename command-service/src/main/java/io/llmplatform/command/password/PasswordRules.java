package io.llmplatform.command.password;

import com.nulabinc.zxcvbn.StandardDictionaries;
import io.llmplatform.command.settings.PlatformSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What a new password must be like, and which passwords are known to everybody. */
@Component
public class PasswordRules {
    public static final int SHORTEST = 8;
    public static final int LONGEST = 256;

    /** The passwords of the demo accounts, as the documentation prints them. */
    private static final Set<String> DEMO = Set.of("admin123", "demo123", "dev123");

    /** A shorter name is part of many a good password by chance. */
    private static final int TELLING_NAME = 4;

    /** The 30,000 most common ones, in lower case, as zxcvbn ships them. */
    private static final Set<String> COMMON = common();

    private final boolean demo;

    PasswordRules(PlatformSettings settings) {
        this.demo = settings.demo();
    }

    /** What is wrong with a new password, if anything; never repeats the password. */
    public Optional<String> problem(String password, String username) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            return Optional.of("expected " + SHORTEST + " to " + LONGEST + " characters, got " + password.length());
        }
        var lower = password.toLowerCase(Locale.ROOT);
        var name = username.toLowerCase(Locale.ROOT);
        if (lower.equals(name) || (name.length() >= TELLING_NAME && lower.contains(name))) {
            return Optional.of("must not contain the user name");
        }
        if (COMMON.contains(lower)) {
            return Optional.of("is one of the most common passwords; choose another");
        }
        return knownToEverybody(password)
                ? Optional.of("is the password of a demo account; outside demo mode choose another")
                : Optional.empty();
    }

    private static Set<String> common() {
        try {
            return Set.copyOf(StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies());
        } catch (IOException e) {
            throw new UncheckedIOException("the list of common passwords is part of zxcvbn", e);
        }
    }

    /** Whether it is a demo password outside demo mode: no login with it, even if it is stored. */
    public boolean knownToEverybody(String password) {
        return !demo && DEMO.contains(password);
    }
}
