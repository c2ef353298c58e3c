package io.llmplatform.bench.report;

import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/**
 * A target that the project set itself, and how it is read from the samples.
 *
 * @param than      the target compared with
 * @param combined  of our figure and the other's, in this order
 * @param atLeast   whether the value must reach the limit; else it must not pass it
 */
record Goal(
        String what,
        String measure,
        Figure figure,
        String than,
        DoubleBinaryOperator combined,
        boolean atLeast,
        double limit,
        String unit) {

    static final DoubleBinaryOperator OURS_BY_THEIRS = (ours, theirs) -> ours / theirs;
    static final DoubleBinaryOperator THEIRS_BY_OURS = (ours, theirs) -> theirs / ours;
    static final DoubleBinaryOperator ADDED = (ours, theirs) -> ours - theirs;

    Optional<Spread> value(Samples samples, String ours) {
        return samples.paired(measure, figure, ours, than, combined);
    }

    boolean met(double value) {
        return atLeast ? value >= limit : value <= limit;
    }

    String limitText() {
        return (atLeast ? "≥ " : "≤ ") + Numbers.plain(limit) + " " + unit;
    }
}
