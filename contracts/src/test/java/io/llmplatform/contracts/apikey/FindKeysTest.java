package io.llmplatform.contracts.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindKeysTest {
    private static final int CHUNK = 200;
    private final String key = ApiKeys.generate(new SecureRandom());
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final FindKeys finder = new FindKeys(new PrintStream(printed, true, StandardCharsets.UTF_8), CHUNK);

    @TempDir
    private Path folder;

    @Test
    void tellsWhereAKeyStandsAndNotTheKey() throws IOException {
        var file = Files.writeString(folder.resolve("settings.json"), "{\n\"api_key\":\"" + key + "\"}\n");

        finder.look(folder);

        assertThat(finder.found()).isEqualTo(1);
        assertThat(lines()).isEqualTo(file + ":2: " + ApiKeys.displayPrefix(key) + "…\n");
        assertThat(lines()).doesNotContain(key.substring(15));
    }

    @Test
    void whatOnlyLooksLikeAKeyIsNone() throws IOException {
        var wrong = key.substring(0, 20) + (key.charAt(20) == 'x' ? 'y' : 'x') + key.substring(21);
        Files.writeString(folder.resolve("a"), wrong + "\nx" + key + "\n" + key + "x\n");
        Files.createDirectory(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/b"), key);

        finder.look(folder);

        assertThat(finder.found()).isZero();
    }

    @Test
    void aKeyOnTheEdgeOfTwoPiecesIsFoundOnce() throws IOException {
        for (int before = 0; before <= 3 * CHUNK; before++) {
            var around = "-\n".repeat(before / 2) + " ".repeat(before % 2);
            var file = Files.writeString(folder.resolve("long"), around + key + " ");

            finder.look(file);

            assertThat(finder.found()).as("%d characters before", before).isEqualTo(before + 1);
            assertThat(lines()).endsWith(file + ":" + (before / 2 + 1) + ": " + ApiKeys.displayPrefix(key) + "…\n");
        }
    }

    private String lines() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
