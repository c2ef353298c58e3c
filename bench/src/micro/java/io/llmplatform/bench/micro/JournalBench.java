package io.llmplatform.bench.micro;

import io.llmplatform.contracts.usage.UsageRecord;
import io.llmplatform.proxy.journal.Journal;
import io.llmplatform.proxy.journal.JournalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Appends outcomes until they are written: one after the other, and as many at once as a busy gateway has. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class JournalBench {
    private static final int BATCH = 64;

    private final UsageRecord record = Records.completed("req_01k9benchbenchbenchbenchbe");
    private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // JMH sets it up before it is used
    private Journal journal;

    /** A new folder each time: nobody publishes here, so it would only grow. */
    @Setup(Level.Iteration)
    public void open() throws IOException {
        folder = Files.createTempDirectory("bench-journal");
        journal = Journal.open(new JournalSettings(
                folder, 8L << 30, JournalSettings.DEFAULT_SEGMENT_BYTES, false));
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        journal.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    public void one() throws InterruptedException {
        append(1);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void ofManyAtOnce() throws InterruptedException {
        append(BATCH);
    }

    private void append(int count) throws InterruptedException {
        var written = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            journal.outcome(record, refusal -> {
                if (refusal != null) {
                    throw new IllegalStateException("refused: " + refusal);
                }
                written.countDown();
            });
        }
        written.await();
    }
}
