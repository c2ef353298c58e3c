package io.llmplatform.bench.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Signals that Java itself cannot send. */
public final class Signals {
    private Signals() {}

    /** Takes away the CPU from a tree while others are measured. */
    public static void hold(ProcessTree tree) {
        send("STOP", tree);
    }

    /** Lets a tree that is held go on. */
    public static void release(ProcessTree tree) {
        send("CONT", tree);
    }

    static void send(String signal, ProcessTree tree) {
        var command = new ArrayList<>(List.of("kill", "-" + signal));
        tree.pids().map(String::valueOf).forEach(command::add);
        if (command.size() == 2) {
            return;
        }
        try {
            // One that is gone already is no failure.
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("kill -" + signal + " could not run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
