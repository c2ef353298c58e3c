package io.llmplatform.bench.rebuild;

import java.util.ArrayList;
import java.util.List;

/** How far a projection was, when: from the last moment that it stood at zero. */
final class Course {
    private static final int PARTS = 10;

    private record Sample(long nanos, long applied) {}

    private final List<Sample> samples = new ArrayList<>();
    private final long total;

    Course(long total) {
        this.total = total;
    }

    void add(long nanos, long applied) {
        if (applied == 0) {
            samples.clear();
        }
        if (!done()) {
            samples.add(new Sample(nanos, applied));
        }
    }

    boolean started() {
        return !samples.isEmpty() && samples.getLast().applied() > 0;
    }

    boolean done() {
        return !samples.isEmpty() && samples.getLast().applied() >= total;
    }

    long applied() {
        return samples.isEmpty() ? 0 : samples.getLast().applied();
    }

    double seconds() {
        return samples.size() < 2
                ? 0
                : (samples.getLast().nanos() - samples.getFirst().nanos()) / 1e9;
    }

    /** Events per second, of the whole. */
    long rate() {
        return seconds() == 0 ? 0 : Math.round(samples.getLast().applied() / seconds());
    }

    /** Events per second of each tenth, between the samples around its ends. */
    List<Long> rateByTenth() {
        var rates = new ArrayList<Long>();
        for (int part = 0; part < PARTS; part++) {
            double from = moment(total * part / PARTS);
            double to = moment(total * (part + 1) / PARTS);
            rates.add(to > from && (from > 0 || part == 0) ? Math.round(total / (double) PARTS / (to - from)) : 0);
        }
        return rates;
    }

    /** The second at which so many had been applied, on the line between two samples. */
    private double moment(long applied) {
        for (int i = 1; i < samples.size(); i++) {
            var before = samples.get(i - 1);
            var after = samples.get(i);
            if (after.applied() >= applied && after.applied() > before.applied()) {
                double part = (applied - before.applied()) / (double) (after.applied() - before.applied());
                return (before.nanos() + part * (after.nanos() - before.nanos())) / 1e9;
            }
        }
        return 0;
    }
}
