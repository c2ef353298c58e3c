package io.llmplatform.query.usage.behaviour;

import java.util.Arrays;

/**
 * Where a value usually is: around the median of earlier ones, as wide as their deviation from it (MAD) says. One wild value among
 * them moves neither.
 *
 * @param deviation about a standard deviation, were the values normally distributed
 */
record Band(double median, double deviation, double low, double high) {
    /** Makes the median absolute deviation of a normal distribution its standard deviation; the mean one below. */
    private static final double OF_MEDIAN = 1.4826;

    private static final double OF_MEAN = 1.2533;

    /** Below this part of the median nothing is unusual, however regular it was. */
    private static final double LEAST_PART = 0.05;

    /**
     * @param values at least one
     * @param least  the least deviation that is reckoned with
     * @param width  how many deviations the band reaches to either side
     */
    static Band of(double[] values, double least, double width) {
        double median = median(values);
        var distances =
                Arrays.stream(values).map(value -> Math.abs(value - median)).toArray();
        double mad = OF_MEDIAN * median(distances);
        // More than half of the values are the same: then what the others are still counts.
        double spread =
                mad > 0 ? mad : OF_MEAN * Arrays.stream(distances).average().orElse(0);
        double deviation = Math.max(spread, Math.max(least, LEAST_PART * median));
        return new Band(median, deviation, Math.max(0, median - width * deviation), median + width * deviation);
    }

    boolean holds(double value) {
        return value >= low && value <= high;
    }

    /** How many deviations off the median; negative below it. */
    double score(double value) {
        return deviation == 0
                ? (value == median ? 0 : Math.copySign(Double.MAX_VALUE, value - median))
                : (value - median) / deviation;
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
