package io.llmplatform.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkdownTest {
    private final List<Sample> samples = new ArrayList<>();

    @Test
    void judgesTheMedianOfTheRatiosOfEachRound() {
        cpu(1, "nginx", 10, 0);
        cpu(1, "llm-platform", 30, 0);
        cpu(2, "nginx", 40, 0);
        cpu(2, "llm-platform", 60, 0);
        cpu(3, "nginx", 20, 0);
        cpu(3, "llm-platform", 36, 0);
        // 3, 1.5 and 1.8: not the ratio of the medians.
        assertThat(page()).contains("| CPU per request | ≤ 2 × nginx's | 1.8 (1.5–3) | ✓ |");
    }

    @Test
    void leavesFailedSamplesOutAndNamesThem() {
        cpu(1, "nginx", 10, 0);
        cpu(1, "llm-platform", 15, 0);
        cpu(2, "nginx", 10, 0);
        cpu(2, "llm-platform", 500, 7);
        assertThat(page())
                .contains("| ≤ 2 × nginx's | 1.5 | ✓ |")
                .contains("15; 1 of 2 rounds failed")
                .contains("- llm-platform, throughput-32, round 2: 7 failures beside 1000 good ones");
    }

    @Test
    void saysWhatWasNotMeasuredAndWhy() {
        assertThat(page())
                .contains("| CPU per request | ≥ 2 × less than Bifrost's | not measured | – |")
                .contains("- **bifrost**: not measured: no module");
    }

    @Test
    void oneStreamThatFailedIsOneTooMany() {
        samples.add(new Sample(1, Measures.STREAMS_1000, "llm-platform", 20_000, 0, Map.of(), Map.of()));
        assertThat(page()).contains("| 1,000 streams at once | all complete | 0 failed | ✓ |");
        samples.add(new Sample(2, Measures.STREAMS_1000, "llm-platform", 19_980, 1, Map.of("status 503", 1), Map.of()));
        assertThat(page()).contains("| 1,000 streams at once | all complete | 1 failed | ✗ |");
    }

    @Test
    void saysHowFineTheClockIs() {
        samples.add(new Sample(
                1, Measures.LATENCY, "nginx", 10, 0, Map.of(), Map.of(Figure.CPU, 200.0, Figure.CPU_RESOLUTION, 3.0)));
        assertThat(page()).contains("is at most 1.5 % of any figure here");
    }

    @Test
    void saysWhetherUsageWasLost() {
        assertThat(page(new RunReport.UsageCheck(1000, 32, 1010, 1000, 2000, null)))
                .contains("none lost");
        assertThat(page(new RunReport.UsageCheck(1000, 32, 999, 999, 2000, null)))
                .contains("DO NOT AGREE");
        assertThat(page(new RunReport.UsageCheck(1000, 32, 1033, 999, 2000, null)))
                .contains("DO NOT AGREE");
    }

    @Test
    void saysWhenUsageCouldNotBeCounted() {
        assertThat(page(new RunReport.UsageCheck(1000, 32, 0, 0, 0, "no answer")))
                .contains("could not be counted**: no answer");
    }

    @Test
    void tellsWhetherMemoryGrewInTheSoak() {
        assertThat(page(null, soak(300, 310, 312, 311)))
                .contains("RSS in a soak of 4 min | flat | 310 MB in the first half, 312 MB in the second | ✓")
                .contains("| 4 | 100 | 0 | 150 | 311 |");
        assertThat(page(null, soak(300, 310, 330, 350))).contains("350 MB in the second | ✗");
        assertThat(page()).doesNotContain("soak");
    }

    private static Soak soak(long... megabytes) {
        return new Soak(
                32,
                1024,
                Arrays.stream(megabytes)
                        .mapToObj(resident -> new Soak.Minute(6000, 0, resident * 1_000_000, 150))
                        .toList());
    }

    private void cpu(int round, String target, double micros, long failures) {
        samples.add(new Sample(
                round, Measures.THROUGHPUT_32, target, 1000, failures, Map.of(), Map.of(Figure.CPU, micros)));
    }

    private String page() {
        return page(null, null);
    }

    private String page(RunReport.UsageCheck usage) {
        return page(usage, null);
    }

    private String page(RunReport.UsageCheck usage, Soak soak) {
        var memory = new TargetInfo.Memory(1, 2, 3);
        return Markdown.of(new RunReport(
                "2026-01-01T00:00:00Z",
                false,
                3,
                new Machine("a processor", 2, 8_000_000_000L, "Linux", "25"),
                List.of(
                        new TargetInfo("nginx", "1", "", null, memory),
                        new TargetInfo("llm-platform", "2", "", null, memory),
                        new TargetInfo("bifrost", "", "", "no module", null)),
                samples,
                usage,
                soak));
    }
}
