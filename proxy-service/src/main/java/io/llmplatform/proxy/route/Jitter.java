package io.llmplatform.proxy.route;

import java.util.random.RandomGenerator;

/** Keeps those who fail together from coming back together. */
final class Jitter {
    private Jitter() {}

    /** Evenly between {@code value · (1 − spread)} and {@code value · (1 + spread)}. */
    static double around(double value, double spread, RandomGenerator random) {
        return value * (1 + spread * (2 * random.nextDouble() - 1));
    }
}
