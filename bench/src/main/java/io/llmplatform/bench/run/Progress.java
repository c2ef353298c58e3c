package io.llmplatform.bench.run;

import io.llmplatform.bench.report.Figure;
import io.llmplatform.bench.report.Sample;
import java.util.Locale;

/** Lines for the person who waits. */
final class Progress {
    /** Beside the load itself: the probe, the start of wrk, the wait for quiet. */
    private static final double OVERHEAD_SECONDS = 0.9;

    private final long begun = System.nanoTime();
    private double ahead;

    /** From now on the time left is told. */
    void expect(Plan plan, int targets) {
        for (var measure : plan.measures()) {
            ahead += (measure.seconds() + OVERHEAD_SECONDS) * plan.rounds() * targets;
        }
    }

    void say(String format, Object... values) {
        System.out.printf(
                Locale.ROOT,
                "%s  %s%n",
                clock((System.nanoTime() - begun) / 1e9),
                String.format(Locale.ROOT, format, values));
    }

    void done(Measure measure, Sample sample) {
        ahead -= measure.seconds() + OVERHEAD_SECONDS;
        say(
                "round %d  %-15s %-13s %10s/s  p50 %8s µs  p99 %8s µs  CPU %7s µs%s  (%s left)",
                sample.round(),
                sample.measure(),
                sample.target(),
                figure(sample, Figure.PER_SECOND),
                figure(sample, Figure.P50),
                figure(sample, Figure.P99),
                figure(sample, Figure.CPU),
                sample.failures() == 0 ? "" : "  FAILED " + sample.failures() + " " + sample.why(),
                clock(Math.max(0, ahead)));
    }

    private static String figure(Sample sample, Figure figure) {
        var value = sample.figures().get(figure);
        return value == null ? "-" : String.format(Locale.ROOT, value < 100 ? "%,.1f" : "%,.0f", value);
    }

    private static String clock(double seconds) {
        return String.format(Locale.ROOT, "%d:%02d", (int) seconds / 60, (int) seconds % 60);
    }
}
