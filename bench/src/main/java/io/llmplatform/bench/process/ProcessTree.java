package io.llmplatform.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Some processes with all their descendants, as /proc shows them. A process that ends takes its figures along. */
public final class ProcessTree {
    /** What the kernel counts CPU time in, a second. Linux shows 100 to user space on every architecture we run on. */
    public static final int TICKS_PER_SECOND = 100;

    private final List<Long> roots;

    public ProcessTree(List<Long> roots) {
        this.roots = List.copyOf(roots);
    }

    public boolean isEmpty() {
        return roots.isEmpty();
    }

    /** User and system time of all threads so far, in µs; the resolution is one tick for each process. */
    public long cpuMicros() {
        return pids().mapToLong(ProcessTree::ticks).sum() * (1_000_000L / TICKS_PER_SECOND);
    }

    /** Resident memory (VmRSS), shared pages counted in every process that has them. */
    public long residentBytes() {
        return pids().mapToLong(ProcessTree::resident).sum();
    }

    /** All processes, the roots first. */
    public Stream<Long> pids() {
        return roots.stream()
                .flatMap(root -> Stream.concat(
                        Stream.of(root),
                        ProcessHandle.of(root).stream()
                                .flatMap(ProcessHandle::descendants)
                                .map(ProcessHandle::pid)));
    }

    private static long ticks(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // After the name, which may contain anything: state is field 3, utime and stime are 14 and 15.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 14);
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (IOException gone) {
            return 0;
        }
    }

    private static long resident(long pid) {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .sum();
        } catch (IOException | UncheckedIOException gone) {
            return 0;
        }
    }
}
