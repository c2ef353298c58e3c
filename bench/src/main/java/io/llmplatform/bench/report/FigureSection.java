package io.llmplatform.bench.report;

import io.llmplatform.bench.contender.Targets;
import java.util.ArrayList;
import java.util.List;

/** Every target's own figures. */
record FigureSection(RunReport report, Samples samples) {
    @Override
    public String toString() {
        return "## What was measured\n\n" + figures() + "\n" + memory();
    }

    private Table figures() {
        var head = new ArrayList<>(List.of("measure"));
        measured().forEach(target -> head.add(target.name()));
        var table = new Table(head);
        table.row("added latency p50, one connection, µs", added(Measures.LATENCY, Figure.P50));
        table.row("added latency p99, one connection, µs", added(Measures.LATENCY, Figure.P99));
        table.row("requests/s, 32 connections, 1 KB", cells(Measures.THROUGHPUT_32, Figure.PER_SECOND));
        table.row("requests/s, 256 connections, 1 KB", cells(Measures.THROUGHPUT_256, Figure.PER_SECOND));
        table.row("requests/s, 32 connections, 10 KB", cells(Measures.BODY_10K, Figure.PER_SECOND));
        table.row("requests/s, 32 connections, 100 KB", cells(Measures.BODY_100K, Figure.PER_SECOND));
        table.row("CPU µs per request, 32 connections, 1 KB", cells(Measures.THROUGHPUT_32, Figure.CPU));
        table.row("CPU µs per request, 256 connections, 1 KB", cells(Measures.THROUGHPUT_256, Figure.CPU));
        table.row("CPU µs per request, one connection, 1 KB", cells(Measures.LATENCY, Figure.CPU));
        table.row("CPU µs per request, 32 connections, 10 KB", cells(Measures.BODY_10K, Figure.CPU));
        table.row("CPU µs per request, 32 connections, 100 KB", cells(Measures.BODY_100K, Figure.CPU));
        table.row("Kafka's CPU µs per request, 32 connections", cells(Measures.THROUGHPUT_32, Figure.COMPANION_CPU));
        table.row("latency p99, 32 connections, µs", cells(Measures.THROUGHPUT_32, Figure.P99));
        table.row("added time to first token p50, µs", added(Measures.FIRST_TOKEN, Figure.P50));
        table.row("chunks/s, 32 fast streams", cells(Measures.STREAM_FAST, Figure.PER_SECOND));
        table.row("CPU µs per chunk, 32 fast streams", cells(Measures.STREAM_FAST, Figure.CPU));
        table.row("CPU µs per chunk, 1,000 slow streams", cells(Measures.STREAMS_1000, Figure.CPU));
        table.row("time to first token p99, 1,000 slow streams, µs", cells(Measures.STREAMS_1000, Figure.P99));
        return table;
    }

    private Table memory() {
        var table = new Table(List.of("RSS, MB", "idle", "most under load", "after"));
        for (var target : measured()) {
            if (target.memory() instanceof TargetInfo.Memory(long idle, long loaded, long after)) {
                table.row(
                        target.name(),
                        List.of(Numbers.megabytes(idle), Numbers.megabytes(loaded), Numbers.megabytes(after)));
            }
        }
        return table;
    }

    private List<TargetInfo> measured() {
        return report.targets().stream()
                .filter(target -> target.notMeasured() == null)
                .toList();
    }

    private List<String> cells(String measure, Figure figure) {
        return measured().stream().map(target -> cell(target, measure, figure)).toList();
    }

    private String cell(TargetInfo target, String measure, Figure figure) {
        var all = samples.of(target.name(), measure);
        long failed = all.stream().filter(sample -> sample.failures() > 0).count();
        return samples.spread(target.name(), measure, figure)
                .map(spread -> Numbers.spread(spread)
                        + (failed > 0 ? "; " + failed + " of " + all.size() + " rounds failed" : ""))
                .orElse(failed > 0 ? "failed" : "–");
    }

    /** The direct call itself stands in brackets. */
    private List<String> added(String measure, Figure figure) {
        return measured().stream()
                .map(target -> target.name().equals(Targets.DIRECT)
                        ? "(" + cell(target, measure, figure) + ")"
                        : samples.paired(measure, figure, target.name(), Targets.DIRECT, Goal.ADDED)
                                .map(Numbers::spread)
                                .orElse("–"))
                .toList();
    }
}
