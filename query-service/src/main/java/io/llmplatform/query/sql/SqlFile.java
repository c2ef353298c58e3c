package io.llmplatform.query.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statements that are too long for a string, from {@code /sql/<name>.sql} on the class path. A line {@code --! file alias} stands
 * for that file, with the alias in place of its {@code {row}}: what must be the same everywhere stands once.
 */
public final class SqlFile {
    private static final Pattern INCLUDED = Pattern.compile("(?m)^--! (\\S+) (\\S+)$");

    private SqlFile() {}

    /** @throws IllegalArgumentException naming the file that is missing */
    public static String read(String name) {
        return included(text(name));
    }

    /** The file, with another one where it says {@code {placeholder}}. */
    public static String read(String name, String placeholder, String file) {
        return included(text(name).replace("{" + placeholder + "}", file));
    }

    private static String included(String text) {
        return INCLUDED.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(included(text(found.group(1))).replace("{row}", found.group(2))));
    }

    private static String text(String name) {
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
