package io.llmplatform.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A server that keeps its port and its data over {@link #restart}; the data go with {@link #close} or the JVM. */
public abstract sealed class EmbeddedServer implements AutoCloseable
        permits PostgresServer, KafkaServer, SearchServer, ElasticsearchServer {
    private final ServerProgram program;
    private final boolean shared;
    private final Path data;
    private @Nullable ServerProcess process;
    private final int port;

    EmbeddedServer(ServerProgram program, boolean shared) {
        this.program = program;
        this.shared = shared;
        this.data = dataFolder(program.name());
        var first = ServerProcess.start(program, data, 0);
        this.process = first;
        this.port = first.port();
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end-" + program.name()));
    }

    /** On 127.0.0.1; stays the same over {@link #restart}. */
    public final int port() {
        return port;
    }

    /** Ends the server in good order; its data stay. */
    public final synchronized void stop() {
        own();
        if (process != null) {
            process.stop();
            process = null;
        }
    }

    /** Ends the server by kill -9; its data stay. */
    public final synchronized void kill() {
        own();
        if (process != null) {
            process.kill();
            process = null;
        }
    }

    /** Starts the server again after {@link #stop} or {@link #kill}; stops it before when it runs. */
    public final synchronized void restart() {
        stop();
        process = ServerProcess.start(program, data, port);
    }

    @Override
    public final synchronized void close() {
        own();
        end();
    }

    private synchronized void end() {
        if (process != null) {
            process.kill();
            process = null;
        }
        delete(data);
    }

    private void own() {
        if (shared) {
            throw new IllegalStateException("this " + program.name()
                    + " server is shared by all tests of the JVM: start() one of your own to stop it");
        }
    }

    private static Path dataFolder(String name) {
        try {
            var target = Path.of("target").toAbsolutePath();
            return Files.isDirectory(target)
                    ? Files.createTempDirectory(target, name + "-server-")
                    : Files.createTempDirectory("llm-platform-" + name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE; // A server that is just ending removes files of its own.
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
                    Files.deleteIfExists(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            System.err.println("test-kit: left behind " + folder + ": " + e);
        }
    }
}
