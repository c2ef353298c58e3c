package io.llmplatform.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs what mostly waits at the same time. */
final class InParallel {
    private InParallel() {}

    interface Step<T> {
        void run(T on) throws Exception;
    }

    /** @throws Exception the first failure, once all have ended */
    static <T> void each(Stream<T> all, Step<T> step) throws Exception {
        results(all.<Callable<Void>>map(one -> () -> {
                    step.run(one);
                    return null;
                })
                .toList());
    }

    static <T> List<T> times(int count, Callable<T> task) throws Exception {
        return results(IntStream.range(0, count).mapToObj(i -> task).toList());
    }

    private static <T> List<T> results(List<Callable<T>> tasks) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var out = new ArrayList<T>();
            Throwable failure = null;
            for (Future<T> future : threads.invokeAll(tasks)) {
                try {
                    out.add(future.get());
                } catch (ExecutionException e) {
                    if (failure == null) {
                        failure = e.getCause();
                    } else {
                        failure.addSuppressed(e.getCause());
                    }
                }
            }
            switch (failure) {
                case null -> {
                    return out;
                }
                case Error error -> throw error;
                case Exception exception -> throw exception;
                default -> throw new AssertionError(failure);
            }
        }
    }
}
