package io.llmplatform.query.usage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Statements that are too long for a string, from {@code /sql/<name>.sql} on the class path. */
public final class SqlFile {
    private SqlFile() {}

    /** @throws IllegalArgumentException naming the file that is missing */
    public static String read(String name) {
        try (var in = SqlFile.class.getResourceAsStream("/sql/" + name + ".sql")) {
            if (in == null) {
                throw new IllegalArgumentException("/sql/" + name + ".sql is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("/sql/" + name + ".sql", e);
        }
    }
}
