package io.llmplatform.bench.run;

import io.llmplatform.bench.process.ProcessTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The most resident memory seen of each target while it was under load. Looks seldom, because looking costs CPU too. */
final class MemoryWatch implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 500;

    private final Map<String, Long> most = new HashMap<>();
    private final Map<String, Long> latest = new HashMap<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("memory").unstarted(this::watch);
    private String target = "";
    private ProcessTree processes = new ProcessTree(List.of());

    void start() {
        thread.start();
    }

    synchronized void look(String name, ProcessTree tree) {
        target = name;
        processes = tree;
    }

    synchronized void lookAway() {
        sample();
        target = "";
    }

    synchronized long mostOf(String name) {
        return most.getOrDefault(name, 0L);
    }

    /** Lets {@link #latestOf} begin at nothing. */
    synchronized void startAnew(String name) {
        latest.remove(name);
    }

    /** The most since {@link #startAnew}. */
    synchronized long latestOf(String name) {
        return latest.getOrDefault(name, 0L);
    }

    private synchronized void sample() {
        if (!target.isEmpty() && !processes.isEmpty()) {
            long resident = processes.residentBytes();
            most.merge(target, resident, Math::max);
            latest.merge(target, resident, Math::max);
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(INTERVAL_MILLIS);
                sample();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
