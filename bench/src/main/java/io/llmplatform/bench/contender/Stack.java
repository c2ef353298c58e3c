package io.llmplatform.bench.contender;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code ./platform} on the state folder and ports that the environment names. */
final class Stack {
    private final Path root;

    Stack(Path root) {
        this.root = root;
    }

    /** @return what it printed */
    String run(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(root.resolve("platform").toString()));
        command.addAll(List.of(words));
        // To a file: the services it starts would hold a pipe open for ever.
        var output = Files.createTempFile("platform", ".out");
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            int exit = process.waitFor();
            var said = Files.readString(output, StandardCharsets.UTF_8);
            if (exit != 0) {
                throw new IOException(String.join(" ", words) + " ended with " + exit + ": " + said.strip());
            }
            return said;
        } finally {
            Files.deleteIfExists(output);
        }
    }

    Map<String, String> environment() throws IOException, InterruptedException {
        var pairs = new HashMap<String, String>();
        for (var line : run("env").lines().toList()) {
            int at = line.indexOf('=');
            pairs.put(line.substring(0, at), line.substring(at + 1));
        }
        return pairs;
    }

    static long pid(Path state, String component) throws IOException {
        return Long.parseLong(Files.readString(state.resolve("run").resolve(component + ".pid"))
                .split(" ", 2)[0]);
    }
}
