package io.llmplatform.proxy;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A real redis-server of our own on a free port, without persistence. */
public final class RedisServer implements AutoCloseable {
    private final int port;
    private Process process;

    private RedisServer(int port) {
        this.port = port;
    }

    public static RedisServer start() throws IOException {
        try (var free = new ServerSocket(0)) {
            free.setReuseAddress(true);
            var server = new RedisServer(free.getLocalPort());
            free.close();
            server.restart();
            return server;
        }
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public void restart() throws IOException {
        process = new ProcessBuilder(
                        binary().toString(),
                        "--port",
                        "" + port,
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "no")
                .directory(Files.createTempDirectory("redis").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        await("redis-server on port " + port)
                .atMost(20, TimeUnit.SECONDS)
                .ignoreExceptions()
                .until(() -> say("PING").startsWith("+PONG"));
    }

    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    public void pause() throws Exception {
        signal("-STOP");
    }

    public void resume() throws Exception {
        signal("-CONT");
    }

    /** The raw answer to an inline command, as far as it fits one read. */
    public String say(String command) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            var answer = new byte[64 * 1024];
            int length = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, length), StandardCharsets.US_ASCII);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private void signal(String signal) throws Exception {
        new ProcessBuilder("kill", signal, "" + process.pid()).start().waitFor();
    }

    private static Path binary() {
        return Arrays.stream((System.getenv("PATH") + File.pathSeparator + "/usr/bin").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError(
                                "no redis-server on the PATH: this test needs a real one (Debian: apt-get install redis-server)"));
    }
}
