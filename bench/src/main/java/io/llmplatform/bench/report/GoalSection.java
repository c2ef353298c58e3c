package io.llmplatform.bench.report;

import io.llmplatform.bench.contender.Targets;
import java.util.List;
import java.util.stream.Stream;

/** What we set ourselves, what it came to, and whether that is enough. */
record GoalSection(RunReport report, Samples samples) {
    private static final String NOT_MEASURED = "not measured";

    @Override
    public String toString() {
        var table = new Table(List.of("measure", "goal", "measured", ""));
        Goals.ALL.forEach(goal -> compared(table, goal));
        allStreams(table);
        memory(table);
        soak(table);
        return "## Ours against the goals\n\n" + table;
    }

    private void compared(Table table, Goal goal) {
        var value = goal.value(samples, Targets.OURS);
        table.row(
                goal.what(),
                List.of(
                        goal.limitText(),
                        value.map(Numbers::spread).orElse(NOT_MEASURED),
                        value.map(spread -> mark(goal.met(spread.median()))).orElse("–")));
    }

    private void allStreams(Table table) {
        var ours = samples.of(Targets.OURS, Measures.STREAMS_1000);
        long failed = ours.stream().mapToLong(Sample::failures).sum();
        table.row(
                "1,000 streams at once",
                List.of(
                        "all complete",
                        ours.isEmpty() ? NOT_MEASURED : Numbers.plain(failed) + " failed",
                        ours.isEmpty() ? "–" : mark(failed == 0)));
    }

    private void memory(Table table) {
        report.targets().stream()
                .filter(target -> target.name().equals(Targets.OURS))
                .flatMap(target -> Stream.ofNullable(target.memory()))
                .forEach(memory -> table.row(
                        "RSS under load",
                        List.of(
                                "≤ " + Numbers.megabytes(Goals.LOADED_BYTES) + " MB",
                                Numbers.megabytes(memory.loaded()) + " MB",
                                mark(memory.loaded() <= Goals.LOADED_BYTES))));
    }

    private void soak(Table table) {
        var soak = report.soak();
        if (soak != null) {
            table.row(
                    "RSS in a soak of " + soak.minutes().size() + " min",
                    List.of(
                            "flat",
                            Numbers.megabytes(soak.early()) + " MB in the first half, " + Numbers.megabytes(soak.late())
                                    + " MB in the second",
                            mark(soak.flat())));
        }
    }

    private static String mark(boolean met) {
        return met ? "✓" : "✗";
    }
}
