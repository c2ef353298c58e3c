package io.llmplatform.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.bench.report.Measures;
import io.llmplatform.bench.upstream.Behaviour;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void hasEveryMeasureOfTheReport() {
        assertThat(Plan.measures(false, List.of())).extracting(Measure::name).containsExactlyElementsOf(Measures.ALL);
    }

    @Test
    void aDefaultRunIsDoneInAQuarterOfAnHour() {
        var plan = new Plan(false, 3, 20, 0, List.of(), Plan.measures(false, List.of()));
        int round = plan.measures().stream().mapToInt(Measure::seconds).sum();
        int warmUp = plan.warmUpLoads().stream().mapToInt(Measure::seconds).sum();
        // Five targets, without the start of the servers.
        assertThat(5 * (3 * round + warmUp)).isLessThan(13 * 60);
    }

    @Test
    void asksTheUpstreamForWholeAnswersEvenWhereOnlyStreamsAreMeasured() {
        var plan = new Plan(false, 1, 4, 0, List.of(), Plan.measures(false, List.of(Measures.STREAM_FAST)));
        assertThat(plan.behaviours()).containsExactlyInAnyOrder(new Behaviour.Whole(), new Behaviour.Stream(200, 0));
    }
}
