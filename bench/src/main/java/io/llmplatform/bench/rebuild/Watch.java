package io.llmplatform.bench.rebuild;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Watchers on threads of their own; closing waits for them and fails when one did. */
final class Watch implements AutoCloseable {
    /** Work that may fail. */
    interface Work {
        void run() throws Exception;
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> watchers = new ArrayList<>();

    void start(Work work) {
        Callable<Boolean> task = () -> {
            work.run();
            return true;
        };
        watchers.add(threads.submit(task));
    }

    @Override
    public void close() throws Exception {
        try {
            for (var watcher : watchers) {
                watcher.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
