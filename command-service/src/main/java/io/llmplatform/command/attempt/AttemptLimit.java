package io.llmplatform.command.attempt;

import io.llmplatform.contracts.event.AttemptEvent.LeftOut;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets 30 attempts per person and 300 in all be recorded in ten minutes, and counts the rest. Per instance and in
 * memory: n instances record n times as many, and a crash forgets the count of the period under way, never an attempt
 * that was recorded.
 */
final class AttemptLimit {
    static final int PER_CALLER = 30;
    static final int OVERALL = 300;
    static final Duration PERIOD = Duration.ofMinutes(10);

    private static final int MOST_CALLERS_TOLD = 20;

    private final Clock clock;
    private final Map<String, Counts> byCaller = new HashMap<>();
    private Instant from;
    private int recorded;

    AttemptLimit(Clock clock) {
        this.clock = clock;
        this.from = clock.instant();
    }

    /** Whether this one may be recorded. Ask {@link #ended} first, or a period that is over goes on. */
    synchronized boolean admits(String callerId) {
        var counts = byCaller.getOrDefault(callerId, Counts.NONE);
        boolean admitted = recorded < OVERALL && counts.recorded() < PER_CALLER;
        byCaller.put(callerId, admitted ? counts.andRecorded() : counts.andLeftOut());
        if (admitted) {
            recorded++;
        }
        return admitted;
    }

    /** Begins a new period when the last one is over, and tells what was left out in it, if anything. */
    synchronized Optional<Summary> ended() {
        return clock.instant().isBefore(from.plus(PERIOD)) ? Optional.empty() : restart();
    }

    /** As {@link #ended}, however long the period was. */
    synchronized Optional<Summary> restart() {
        var until = clock.instant();
        var leftOut = byCaller.entrySet().stream()
                .map(entry -> new LeftOut(entry.getKey(), entry.getValue().leftOut()))
                .filter(each -> each.count() > 0)
                .sorted(Comparator.comparingLong(LeftOut::count).reversed().thenComparing(LeftOut::userId))
                .toList();
        long count = leftOut.stream().mapToLong(LeftOut::count).sum();
        var summary = new Summary(
                from, until, count, leftOut.stream().limit(MOST_CALLERS_TOLD).toList());
        byCaller.clear();
        recorded = 0;
        from = until;
        return count == 0 ? Optional.empty() : Optional.of(summary);
    }

    /** What was left out of a period. */
    record Summary(Instant from, Instant until, long count, List<LeftOut> callers) {}

    private record Counts(int recorded, long leftOut) {
        static final Counts NONE = new Counts(0, 0);

        Counts andRecorded() {
            return new Counts(recorded + 1, leftOut);
        }

        Counts andLeftOut() {
            return new Counts(recorded, leftOut + 1);
        }
    }
}
