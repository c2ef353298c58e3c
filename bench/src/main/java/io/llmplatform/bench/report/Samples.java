package io.llmplatform.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/** The samples of a run, asked for by target, measure and figure. Failed samples take no part in any figure. */
final class Samples {
    private final List<Sample> all;

    Samples(List<Sample> all) {
        this.all = all;
    }

    /** Empty when no round went without failure. */
    Optional<Spread> spread(String target, String measure, Figure figure) {
        var values = new ArrayList<Double>();
        for (var sample : of(target, measure)) {
            if (sample.failures() == 0 && sample.figures().get(figure) instanceof Double value) {
                values.add(value);
            }
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }

    /** Both figures of the same round, combined, over the rounds in which neither failed. */
    Optional<Spread> paired(String measure, Figure figure, String left, String right, DoubleBinaryOperator combined) {
        var values = new ArrayList<Double>();
        for (var sample : of(left, measure)) {
            for (var other : of(right, measure)) {
                if (sample.round() == other.round()
                        && sample.failures() + other.failures() == 0
                        && sample.figures().get(figure) instanceof Double a
                        && other.figures().get(figure) instanceof Double b) {
                    values.add(combined.applyAsDouble(a, b));
                }
            }
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }

    List<Sample> of(String target, String measure) {
        return all.stream()
                .filter(sample ->
                        sample.target().equals(target) && sample.measure().equals(measure))
                .toList();
    }

    List<Sample> failed() {
        return all.stream().filter(sample -> sample.failures() > 0).toList();
    }
}
