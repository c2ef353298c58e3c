package io.llmplatform.projections.usage;

/** The same buckets as {@code readmodel.histogram_bucket}, worked out here for thousands of records at once. */
final class Histogram {
    private static final double LOG_G = Math.log(1.02 / 0.98);

    private Histogram() {}

    /** Bucket 0 holds 0 ms; bucket b > 0 holds (g^(b-2), g^(b-1)] with g = 1.02/0.98. */
    static int bucket(long ms) {
        return ms <= 0 ? 0 : (int) Math.ceil(Math.rint(Math.log(ms) / LOG_G * 1e9) / 1e9) + 1;
    }
}
