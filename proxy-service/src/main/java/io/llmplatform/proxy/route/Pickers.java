package io.llmplatform.proxy.route;

import io.llmplatform.contracts.policy.Routing.Strategy;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The strategies by name. */
final class Pickers {
    private final Weighted weighted;
    private final LowestLatency lowestLatency;
    private final LowestCost lowestCost;

    Pickers(RandomGenerator random) {
        weighted = new Weighted(random);
        lowestLatency = new LowestLatency(weighted, random);
        lowestCost = new LowestCost(weighted);
    }

    Picker of(@Nullable Strategy strategy) {
        return switch (strategy) {
            case null -> weighted;
            case WEIGHTED -> weighted;
            case ROUND_ROBIN -> roundRobin();
            case LEAST_BUSY -> leastBusy();
            case LOWEST_LATENCY -> lowestLatency;
            case LOWEST_COST -> lowestCost;
        };
    }

    /** The one that was not chosen for the longest: goes round whoever joins, leaves or cannot serve for a while. */
    private static Picker roundRobin() {
        return (among, ask, rates) -> among.stream()
                .min(Comparator.comparingLong(each -> each.state().turn()))
                .orElseThrow();
    }

    /** By what this gateway has under way there, in proportion to the weight. */
    private Picker leastBusy() {
        return (among, ask, rates) -> weighted.lowest(
                among,
                each -> (each.state().inFlight().get() + 1.0) / each.target().weight());
    }
}
