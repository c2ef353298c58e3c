package io.llmplatform.embedded.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The arguments {@code <data folder> <port> [--flag] [--name=value] …}; port 0 takes a free one.
 *
 * @param data   absolute
 * @param port   on 127.0.0.1, free when this was made
 * @param values the {@code --name=value} options
 * @param flags  the {@code --flag} options
 */
public record LaunchOptions(Path data, int port, Map<String, String> values, Set<String> flags) {
    /** The server ends when its standard input does, so it never outlives the process that holds the other end. */
    static final String EXIT_WITH_STDIN = "exit-with-stdin";

    private static final Duration PORT_PATIENCE = Duration.ofSeconds(10);

    /** @throws LaunchFailure when they are not of that form or the port is taken */
    public static LaunchOptions parse(String... args) {
        if (args.length < 2) {
            throw new LaunchFailure("expected arguments: <data folder> <port> [--exit-with-stdin] [--name=value]…");
        }
        var values = new HashMap<String, String>();
        var flags = new HashSet<String>();
        for (int i = 2; i < args.length; i++) {
            var option = args[i];
            int equals = option.indexOf('=');
            if (!option.startsWith("--")) {
                throw new LaunchFailure("unexpected argument: " + option);
            } else if (equals < 0) {
                flags.add(option.substring(2));
            } else {
                values.put(option.substring(2, equals), option.substring(equals + 1));
            }
        }
        return new LaunchOptions(
                Path.of(args[0]).toAbsolutePath().normalize(),
                patientlyBindable(number(args[1])),
                Map.copyOf(values),
                Set.copyOf(flags));
    }

    public boolean flag(String name) {
        return flags.contains(name);
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A free port on loopback, for listeners whose number nobody needs to know. */
    public static int freePort() {
        return bindable(0);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new LaunchFailure("port: expected a number, got '" + text + "'");
        }
    }

    /** Right after a kill -9 the port may be held by what the killed process left behind, which is just ending. */
    private static int patientlyBindable(int port) {
        long deadline = System.nanoTime() + PORT_PATIENCE.toNanos();
        while (true) {
            try {
                return bindable(port);
            } catch (LaunchFailure e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static int bindable(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LaunchFailure("port " + port + " on 127.0.0.1 cannot be had: " + e.getMessage());
        }
    }
}
