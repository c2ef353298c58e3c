package io.llmplatform.bench.report;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/** What failed, how the targets were set up, and how fine the figures are. */
record NoteSection(RunReport report, Samples samples) {
    @Override
    public String toString() {
        var text = new StringBuilder(failures()).append("\n## Set-up\n\n");
        report.targets().forEach(target -> text.append(line(target)));
        if (report.usage() instanceof RunReport.UsageCheck usage) {
            text.append(line(usage));
        }
        return text.append(resolution()).toString();
    }

    private String failures() {
        var failed = samples.failed();
        if (failed.isEmpty()) {
            return "No request and no stream failed in any sample.\n";
        }
        var lines = new StringBuilder("**Failed samples, left out of all figures above:**\n\n");
        failed.forEach(sample -> lines.append("- %s, %s, round %d: %d failures beside %d good ones %s%n"
                .formatted(
                        sample.target(),
                        sample.measure(),
                        sample.round(),
                        sample.failures(),
                        sample.units(),
                        sample.why())));
        return lines.toString();
    }

    private static String line(TargetInfo target) {
        var version = target.version().isEmpty() ? "" : " " + target.version();
        return "- **" + target.name() + "**" + version + ": "
                + (target.notMeasured() == null ? target.setup() : "not measured: " + target.notMeasured()) + "\n";
    }

    private static String line(RunReport.UsageCheck usage) {
        if (usage.failure() != null) {
            return "- Usage records: **could not be counted**: " + usage.failure() + "\n";
        }
        return """
                - Usage records: clients counted %s answers, at most %s more were cut off at the end of a load; recorded were %s \
                (%s completed): %s. The read side was off meanwhile and had caught up %s s after its start.
                """.formatted(
                        Numbers.plain(usage.answered()),
                        Numbers.plain(usage.cutOff()),
                        Numbers.plain(usage.recorded()),
                        Numbers.plain(usage.completed()),
                        usage.nothingLost() ? "none lost" : "**THE NUMBERS DO NOT AGREE**",
                        Numbers.plain(usage.caughtUpMillis() / 1000.0));
    }

    private String resolution() {
        var coarsest = report.samples().stream()
                .map(Sample::figures)
                .map(NoteSection::coarseness)
                .max(Comparator.naturalOrder())
                .orElse(0.0);
        return "- CPU is user and system time from /proc until the processes are quiet again, divided by good answers; its resolution, "
                + "a tick of 10 ms for each process, is at most "
                + String.format(Locale.ROOT, "%.1f", coarsest * 100) + " % of any figure here.\n";
    }

    private static double coarseness(Map<Figure, Double> figures) {
        return figures.get(Figure.CPU) instanceof Double cpu
                        && figures.get(Figure.CPU_RESOLUTION) instanceof Double tick
                        && cpu > 0
                ? tick / cpu
                : 0;
    }
}
