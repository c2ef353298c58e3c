package io.llmplatform.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One running child process. It holds our end of its standard input, so it ends when this JVM does, however that ends. */
record ServerProcess(Process process, int port) {
    private static final Duration START_PATIENCE = Duration.ofMinutes(5);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);
    private static final String READY = "READY ";

    static ServerProcess start(ServerProgram program, Path data, int port) {
        var log = data.resolve("stderr.log");
        try {
            var process = new ProcessBuilder(program.command(data, port))
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            var ready = CompletableFuture.supplyAsync(
                    () -> readyPort(process.inputReader(StandardCharsets.UTF_8)), Thread::startVirtualThread);
            int actual = ready.get(START_PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (actual > 0) {
                return new ServerProcess(process, actual);
            }
            process.destroyForcibly().waitFor();
            throw new ServerFailure(
                    "the embedded " + program.name() + " server did not start; its last lines:\n" + tail(log));
        } catch (IOException | ExecutionException e) {
            throw new ServerFailure("the embedded " + program.name() + " server cannot be run", e);
        } catch (TimeoutException e) {
            throw new ServerFailure("the embedded " + program.name() + " server was not ready after " + START_PATIENCE
                    + "; its last lines:\n" + tail(log));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerFailure("interrupted while the embedded " + program.name() + " server started", e);
        }
    }

    void stop() {
        process.destroy();
        await();
    }

    void kill() {
        process.destroyForcibly();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new ServerFailure("process " + process.pid() + " did not end within " + STOP_PATIENCE);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The port of the READY line, or 0 when standard output ends without one. */
    private static int readyPort(BufferedReader output) {
        return output.lines()
                .filter(line -> line.startsWith(READY))
                .findFirst()
                .map(line -> Integer.parseInt(line.substring(READY.length()).strip()))
                .orElse(0);
    }

    private static String tail(Path log) {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }
}
