package io.llmplatform.projections.usage;

import java.time.Instant;

/** Instants as PostgreSQL keeps them, in whole microseconds. */
final class Micros {
    private static final long PER_SECOND = 1_000_000;

    private Micros() {}

    /** Rounded as PostgreSQL rounds what it reads: by the same floating-point steps, so that both always agree. */
    static Instant rounded(Instant at) {
        return at.getNano() % 1000 == 0
                ? at
                : at.minusNanos(at.getNano()).plusNanos((long) Math.rint(at.getNano() / 1e9 * PER_SECOND) * 1000);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1000);
    }
}
