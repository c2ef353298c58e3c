package io.llmplatform.embedded.postgres;

import io.llmplatform.embedded.launch.EmbeddedServer;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A running PostgreSQL server. A guard, a shell that reads from this process until that ends in whatever way, stops the
 * server then: a kill -9 here leaves no server behind.
 */
final class Postmaster implements EmbeddedServer {
    private static final long STOP_SECONDS = 30;

    private final Process server;
    private final Process guard;

    private Postmaster(Process server, Process guard) {
        this.server = server;
        this.guard = guard;
    }

    static Postmaster start(Cluster cluster, int port, boolean noFsync) throws IOException {
        var arguments = new ArrayList<>(List.of(
                "-D", cluster.data().toString(), "-p", Integer.toString(port), "-c", "listen_addresses=127.0.0.1"));
        arguments.addAll(List.of("-c", "unix_socket_directories="));
        arguments.addAll(List.of("-c", "max_connections=200"));
        // Sized for a rebuild: pages of the month at hand stay in memory, and a checkpoint does not come every few
        // seconds.
        arguments.addAll(List.of("-c", "shared_buffers=256MB", "-c", "wal_buffers=16MB"));
        arguments.addAll(List.of("-c", "max_wal_size=2GB", "-c", "checkpoint_timeout=15min"));
        arguments.addAll(List.of("-c", "timezone=UTC", "-c", "log_timezone=UTC"));
        // Statements and the rows in error details may hold what must not reach a log.
        arguments.addAll(List.of("-c", "log_min_error_statement=panic", "-c", "log_error_verbosity=terse"));
        if (noFsync) {
            arguments.addAll(List.of("-c", "fsync=off", "-c", "full_page_writes=off"));
        }
        var server = new ProcessBuilder(cluster.command("postgres", arguments))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        var guard = new ProcessBuilder(
                        "sh", "-c", "cat >/dev/null; kill -INT \"$1\"", "guard", Long.toString(server.pid()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Postmaster(server, guard);
    }

    boolean alive() {
        return server.isAlive();
    }

    @Override
    public void awaitEnd() throws InterruptedException {
        server.waitFor();
    }

    /** Sessions are ended, open transactions rolled back, everything committed is on disk. */
    @Override
    public void close() {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(server.pid()))
                    .start()
                    .waitFor();
            if (!server.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
            guard.destroyForcibly();
        } catch (IOException e) {
            server.destroyForcibly();
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Fast shutdown; the JDK itself can only send TERM, which waits until every client has left. */
    static void askToStop(long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(pid)).start().waitFor();
    }
}
