package io.llmplatform.embedded.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs one server in this process: {@code READY <port>} on standard output once it serves, everything else on standard error. */
public final class Launcher {
    private Launcher() {}

    /** Does not return before the server has ended; ends the process with 1 when it did not start or ended by itself. */
    public static void run(EmbeddedServer.Factory factory, String... args) throws InterruptedException {
        var ready = System.out;
        System.setOut(new PrintStream(System.err, true));
        try {
            var options = LaunchOptions.parse(args);
            var lock = FolderLock.claim(options.data());
            if (options.flag(LaunchOptions.EXIT_WITH_STDIN)) {
                exitWith(System.in);
            }
            serve(factory.start(options), options.port(), ready);
            Reference.reachabilityFence(lock);
        } catch (LaunchFailure e) {
            System.err.println("FAILED: " + e.getMessage());
            System.exit(1);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            e.printStackTrace();
            System.err.println("FAILED: " + e);
            System.exit(1);
        }
    }

    private static void serve(EmbeddedServer server, int port, PrintStream ready) throws InterruptedException {
        var ending = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            ending.set(true);
                            server.close();
                        },
                        "end"));
        ready.println("READY " + port);
        ready.flush();
        server.awaitEnd();
        if (!ending.get()) {
            System.err.println("FAILED: the server ended by itself");
            System.exit(1);
        }
    }

    private static void exitWith(InputStream stdin) {
        Thread.ofPlatform().daemon().name("stdin").start(() -> {
            try {
                stdin.transferTo(PrintStream.nullOutputStream());
            } catch (IOException e) {
                System.err.println("standard input: " + e.getMessage());
            }
            System.exit(0);
        });
    }
}
