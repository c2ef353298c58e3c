package io.llmplatform.bench.run;

import io.llmplatform.bench.load.StreamPlan;
import io.llmplatform.bench.report.Measures;
import io.llmplatform.bench.upstream.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run does.
 *
 * @param warmUp seconds of load on each target before the first round
 * @param soak   minutes of load on ours behind the last round
 */
record Plan(boolean quick, int rounds, int warmUp, int soak, List<String> targets, List<Measure> measures) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static List<Measure> measures(boolean quick, List<String> wanted) {
        int seconds = quick ? 2 : 5;
        return List.<Measure>of(
                        new Measure.Whole(Measures.LATENCY, 1, 1024, seconds),
                        new Measure.Whole(Measures.THROUGHPUT_32, 32, 1024, seconds),
                        new Measure.Whole(Measures.THROUGHPUT_256, 256, 1024, quick ? 2 : 4),
                        new Measure.Whole(Measures.BODY_10K, 32, 10 * 1024, quick ? 2 : 3),
                        new Measure.Whole(Measures.BODY_100K, 32, 100 * 1024, quick ? 2 : 3),
                        streams(Measures.FIRST_TOKEN, new Behaviour.Stream(4, 2), 1, 0, quick ? 1 : 2),
                        streams(Measures.STREAM_FAST, new Behaviour.Stream(200, 0), 32, 0, quick ? 2 : 3),
                        streams(
                                Measures.STREAMS_1000,
                                new Behaviour.Stream(20, quick ? 100 : 500),
                                1000,
                                quick ? 1000 : 500,
                                0))
                .stream()
                .filter(measure -> wanted.isEmpty() || wanted.contains(measure.name()))
                .toList();
    }

    private static Measure streams(
            String name, Behaviour.Stream behaviour, int concurrency, int rampMillis, int seconds) {
        return new Measure.Streamed(
                name,
                behaviour,
                new StreamPlan(concurrency, Duration.ofMillis(rampMillis), Duration.ofSeconds(seconds), PATIENCE));
    }

    /** Each kind of load of the run, so that compilers have seen all of it before the first sample. */
    List<Measure> warmUpLoads() {
        var streamed = measures.stream()
                .filter(measure -> measure instanceof Measure.Streamed streams
                        && !streams.plan().again().isZero())
                .map(Measure.Streamed.class::cast)
                .toList();
        int share = Math.max(1, warmUp / (streamed.size() + 3));
        var loads = new ArrayList<Measure>();
        loads.add(new Measure.Whole("warm-up", 32, 1024, Math.max(1, warmUp - share * (streamed.size() + 1))));
        loads.add(new Measure.Whole("warm-up", 8, 100 * 1024, share));
        for (var measure : streamed) {
            var plan = measure.plan().lasting(Duration.ofSeconds(share));
            loads.add(new Measure.Streamed("warm-up", measure.behaviour(), plan));
        }
        return loads;
    }

    /** All that the upstream is asked for; the whole answer always, since the probes use it. */
    Set<Behaviour> behaviours() {
        var needed = measures.stream().map(Measure::behaviour).collect(Collectors.toSet());
        needed.add(new Behaviour.Whole());
        return needed;
    }
}
