package io.llmplatform.command.password;

import io.llmplatform.command.settings.PlatformSettings;
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

    private final boolean demo;

    PasswordRules(PlatformSettings settings) {
        this.demo = settings.demo();
    }

    /** What is wrong with a new password, if anything; never repeats the password. */
    public Optional<String> problem(String password, String username) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            return Optional.of("expected " + SHORTEST + " to " + LONGEST + " characters, got " + password.length());
        }
        if (password.toLowerCase(Locale.ROOT).equals(username.toLowerCase(Locale.ROOT))) {
            return Optional.of("must not be the user name");
        }
        return knownToEverybody(password)
                ? Optional.of("is the password of a demo account; outside demo mode choose another")
                : Optional.empty();
    }

    /** Whether it is a demo password outside demo mode: no login with it, even if it is stored. */
    public boolean knownToEverybody(String password) {
        return !demo && DEMO.contains(password);
    }
}
