package io.llmplatform.bench.report;

/** A run as Markdown: goals and ratios first, then what was measured, then what must be known to read it. */
public final class Markdown {
    private Markdown() {}

    public static String of(RunReport report) {
        var samples = new Samples(report.samples());
        return String.join(
                "\n",
                head(report),
                new GoalSection(report, samples).toString(),
                new FigureSection(report, samples).toString(),
                new SoakSection(report).toString(),
                new NoteSection(report, samples).toString());
    }

    private static String head(RunReport report) {
        var machine = report.machine();
        return """
                # Benchmark of %s

                %s, %d cores, %s GB, %s, Java %s. Load, gateway and upstream share the cores. %s.
                %s""".formatted(
                        report.date(),
                        machine.cpu(),
                        machine.cores(),
                        Numbers.plain(Math.round(machine.memoryBytes() / 1e9)),
                        machine.kernel(),
                        machine.java(),
                        report.rounds() == 1 ? "1 round" : report.rounds() + " rounds in alternation, median (min–max)",
                        report.quick() ? "\n**A quick run: a smoke test, not to be quoted.**\n" : "");
    }
}
