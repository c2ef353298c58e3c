package io.llmplatform.embedded.postgres;

import io.llmplatform.embedded.launch.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** The roles' passwords; without any the server trusts whoever reaches it. */
record Passwords(Properties byRole) {
    static final String SUPERUSER = "postgres";

    static Passwords read(Optional<Path> file) throws IOException {
        var byRole = new Properties();
        if (file.isPresent()) {
            try (var in = Files.newBufferedReader(file.get())) {
                byRole.load(in);
            }
            if (byRole.getProperty(SUPERUSER) == null) {
                throw new LaunchFailure("roles file " + file.get() + ": no line '" + SUPERUSER + "=…'");
            }
        }
        return new Passwords(byRole);
    }

    boolean trust() {
        return byRole.isEmpty();
    }

    Optional<String> of(String role) {
        return Optional.ofNullable(byRole.getProperty(role));
    }

    @Override
    public String toString() {
        return "Passwords of " + byRole.keySet();
    }
}
