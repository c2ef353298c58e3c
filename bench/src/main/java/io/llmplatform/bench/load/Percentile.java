package io.llmplatform.bench.load;

import java.util.Arrays;

/** Nearest-rank percentiles. */
final class Percentile {
    private Percentile() {}

    /** @return NaN of no values */
    static double of(double[] values, double percent) {
        if (values.length == 0) {
            return Double.NaN;
        }
        var sorted = values.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }
}
