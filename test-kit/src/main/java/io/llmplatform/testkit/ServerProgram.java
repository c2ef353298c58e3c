package io.llmplatform.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How one of the servers of {@code infra/embedded} is run.
 *
 * @param name      folder name under {@code infra/embedded}
 * @param maxHeap   such as {@code 512m}
 * @param arguments after data folder and port
 * @param modules   whether its libraries have to be modules
 */
record ServerProgram(String name, String maxHeap, List<String> arguments, boolean modules) {
    ServerProgram(String name, String maxHeap, List<String> arguments) {
        this(name, maxHeap, arguments, false);
    }

    List<String> command(Path data, int port) {
        var jar = jar(Path.of("").toAbsolutePath());
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + maxHeap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED"));
        if (modules) {
            command.addAll(
                    List.of("--module-path", jar.resolveSibling("lib").toString(), "--add-modules", "ALL-MODULE-PATH"));
        }
        command.addAll(List.of("-jar", jar.toString(), data.toString(), Integer.toString(port), "--exit-with-stdin"));
        command.addAll(arguments);
        return command;
    }

    /**
     * The server's jar in the repository that holds the folder.
     *
     * @throws ServerFailure when there is none, or its libraries are missing
     */
    Path jar(Path start) {
        var target = Path.of("infra", "embedded", name, "target");
        for (var folder = start; folder != null; folder = folder.getParent()) {
            var built = folder.resolve(target);
            var jar = built.resolve("embedded-" + name + "-server-0.1.0-SNAPSHOT.jar");
            if (Files.isRegularFile(jar) && filled(built.resolve("lib"))) {
                return jar;
            }
        }
        throw new ServerFailure("the embedded " + name + " server is not built: neither " + start
                + " nor a folder above it holds " + target + " with the server's jar and its lib folder; run: mvn -f"
                + " infra/embedded/pom.xml install");
    }

    private static boolean filled(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var files = Files.list(folder)) {
            return files.findAny().isPresent();
        } catch (IOException e) {
            throw new ServerFailure("cannot list " + folder + ": " + e);
        }
    }
}
