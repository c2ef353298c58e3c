package io.llmplatform.bench.report;

import java.util.List;

/** A long load on our gateway alone, to see whether its memory grows. */
public record Soak(int connections, int bodyBytes, List<Minute> minutes) {
    /** Memory moves with the garbage collector; growth is what goes beyond. */
    private static final double FLAT = 1.05;

    /** The most memory in the first half, behind the first minute. */
    long early() {
        return most(Math.min(1, minutes.size() - 1), Math.max(1, minutes.size() / 2));
    }

    /** The most memory in the second half. */
    long late() {
        return most(minutes.size() / 2, minutes.size());
    }

    boolean flat() {
        return late() <= FLAT * early();
    }

    private long most(int from, int to) {
        return minutes.subList(from, Math.max(from + 1, to)).stream()
                .mapToLong(Minute::residentBytes)
                .max()
                .orElse(0);
    }

    /**
     * @param residentBytes the most seen in that minute
     * @param cpuMicros     of the gateway's processes, per good answer
     */
    public record Minute(long answers, long failures, long residentBytes, double cpuMicros) {}
}
