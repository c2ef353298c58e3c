package io.llmplatform.bench.rebuild;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** CPU seconds (user and system) of the stack's processes and all that they started, from {@code /proc}. */
record ProcessCpu(Path runFolder) {
    private static final double TICKS_PER_SECOND = 100;
    private static final List<String> COMPONENTS =
            List.of("projections", "postgres", "search", "kafka", "query-service");

    /** Of those that run; a process that ended is in its parent's figure when the parent lives. */
    Map<String, Double> read() {
        var seconds = new LinkedHashMap<String, Double>();
        for (var component : COMPONENTS) {
            var file = runFolder.resolve(component + ".pid");
            if (Files.exists(file)) {
                try {
                    var pid = Long.parseLong(
                            Files.readString(file).split(" ", 2)[0].strip());
                    ProcessHandle.of(pid).ifPresent(process -> seconds.put(component, tree(process)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return seconds;
    }

    static Map<String, Double> between(Map<String, Double> before, Map<String, Double> after) {
        var used = new LinkedHashMap<String, Double>();
        before.forEach((name, seconds) -> used.put(name, round(after.getOrDefault(name, seconds) - seconds)));
        return used;
    }

    private static double round(double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }

    private static double tree(ProcessHandle process) {
        return of(process.pid())
                + process.children().mapToDouble(ProcessCpu::tree).sum();
    }

    /** Fields 14 to 17: user and system time, of itself and of the children it has seen end. */
    private static double of(long pid) {
        try {
            var line = Files.readString(Path.of("/proc/" + pid + "/stat"));
            var fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int i = 11; i <= 14; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return ticks / TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0;
        }
    }
}
