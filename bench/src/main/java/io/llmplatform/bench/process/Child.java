package io.llmplatform.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server that this run started and will end, with its output in a log file. */
public final class Child implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** @param environment added to our own */
    public static Child start(String name, List<String> command, Map<String, String> environment, Path logs)
            throws IOException {
        var log = logs.resolve(name + ".log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        var child = new Child(name, builder.start(), log);
        Runtime.getRuntime().addShutdownHook(new Thread(child::end));
        return child;
    }

    public long pid() {
        return process.pid();
    }

    public ProcessTree tree() {
        return new ProcessTree(List.of(process.pid()));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its last words, for a message. */
    public String lastWords() throws IOException {
        var lines = Files.readAllLines(log);
        return name + ": " + String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    @Override
    public void close() {
        end();
    }

    private void end() {
        if (!process.isAlive()) {
            return;
        }
        var tree = tree();
        // A process that is held does not hear that it shall end.
        Signals.send("CONT", tree);
        var descendants = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        descendants.forEach(ProcessHandle::destroy);
    }
}
