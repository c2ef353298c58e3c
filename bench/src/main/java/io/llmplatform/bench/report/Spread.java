package io.llmplatform.bench.report;

import java.util.List;

/** Median with the smallest and the largest of some rounds. */
public record Spread(double median, double min, double max) {
    /** @throws IllegalArgumentException of no values */
    public static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("expected at least one value");
        }
        var sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }
}
