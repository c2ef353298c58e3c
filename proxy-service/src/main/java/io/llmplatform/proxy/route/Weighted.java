package io.llmplatform.proxy.route;

import io.llmplatform.contracts.policy.Rates;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** At random, in proportion to the weights. The other strategies leave their ties to it. */
final class Weighted implements Picker {
    private final RandomGenerator random;

    Weighted(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public Candidate pick(List<Candidate> among, Ask ask, @Nullable Rates rates) {
        return pick(among);
    }

    Candidate pick(List<Candidate> among) {
        if (among.size() == 1) {
            return among.getFirst();
        }
        int total = among.stream().mapToInt(each -> each.target().weight()).sum();
        int point = random.nextInt(total);
        int chosen = 0;
        while (point >= among.get(chosen).target().weight()) {
            point -= among.get(chosen++).target().weight();
        }
        return among.get(chosen);
    }

    /** One of those of the lowest score; each is asked once, since scores change under way. */
    Candidate lowest(List<Candidate> among, ToDoubleFunction<Candidate> score) {
        var best = new ArrayList<Candidate>(among.size());
        double lowest = Double.POSITIVE_INFINITY;
        for (var candidate : among) {
            double its = score.applyAsDouble(candidate);
            if (its < lowest) {
                best.clear();
                lowest = its;
            }
            if (its == lowest) {
                best.add(candidate);
            }
        }
        return pick(best);
    }
}
