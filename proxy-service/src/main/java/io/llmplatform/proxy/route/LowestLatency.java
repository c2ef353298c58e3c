package io.llmplatform.proxy.route;

import io.llmplatform.contracts.policy.Rates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The shortest time to the first byte, by the moving average of answers of the same kind. A small share of the requests goes to
 * deployments of which nothing is known or nothing new, or they would never get another chance.
 */
final class LowestLatency implements Picker {
    private static final double EXPLORING = 0.1;
    private static final Duration STALE_AFTER = Duration.ofMinutes(1);

    private final Weighted weighted;
    private final RandomGenerator random;

    LowestLatency(Weighted weighted, RandomGenerator random) {
        this.weighted = weighted;
        this.random = random;
    }

    @Override
    public Candidate pick(List<Candidate> among, Ask ask, @Nullable Rates rates) {
        var measured = among.stream().filter(each -> average(each, ask) != null).toList();
        if (measured.isEmpty()) {
            return weighted.pick(among);
        }
        var unknown = among.stream().filter(each -> isUnknown(each, ask)).toList();
        return !unknown.isEmpty() && random.nextDouble() < EXPLORING
                ? weighted.pick(unknown)
                : weighted.lowest(measured, each -> nanos(each, ask));
    }

    private static boolean isUnknown(Candidate candidate, Ask ask) {
        var average = average(candidate, ask);
        return average == null || isStale(average.at(), candidate.state().now());
    }

    private static boolean isStale(Instant measured, Instant now) {
        return Duration.between(measured, now).compareTo(STALE_AFTER) > 0;
    }

    private static double nanos(Candidate candidate, Ask ask) {
        var average = average(candidate, ask);
        return average == null ? Double.MAX_VALUE : average.nanos();
    }

    private static Latency.@Nullable Average average(Candidate candidate, Ask ask) {
        return candidate.state().latency(ask.stream()).average();
    }
}
