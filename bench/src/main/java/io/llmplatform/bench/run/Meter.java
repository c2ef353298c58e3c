package io.llmplatform.bench.run;

import io.llmplatform.bench.contender.Target;
import io.llmplatform.bench.load.StreamResult;
import io.llmplatform.bench.load.Streams;
import io.llmplatform.bench.load.WholeResult;
import io.llmplatform.bench.load.Wrk;
import io.llmplatform.bench.process.ProcessTree;
import io.llmplatform.bench.report.Figure;
import io.llmplatform.bench.report.Sample;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/** Puts one measure on one target and reads the clocks before and after. */
final class Meter {
    private static final int QUIET_POLL_MILLIS = 200;
    private static final int QUIET_POLLS = 25;
    private static final long MICROS_PER_TICK = 1_000_000L / ProcessTree.TICKS_PER_SECOND;

    private final Wrk wrk;
    private final Streams streams;

    Meter(Wrk wrk, Streams streams) {
        this.wrk = wrk;
        this.streams = streams;
    }

    Sample sample(int round, Measure measure, Target target) throws IOException, InterruptedException {
        long before = target.processes().cpuMicros();
        long companions = target.companions().cpuMicros();
        var load = load(measure, target);
        awaitQuiet(target);
        if (!target.processes().isEmpty() && load.units > 0) {
            load.figures.put(Figure.CPU, (double) (target.processes().cpuMicros() - before) / load.units);
            load.figures.put(
                    Figure.CPU_RESOLUTION,
                    (double) MICROS_PER_TICK * target.processes().pids().count() / load.units);
        }
        if (!target.companions().isEmpty() && load.units > 0) {
            load.figures.put(
                    Figure.COMPANION_CPU, (double) (target.companions().cpuMicros() - companions) / load.units);
        }
        return new Sample(round, measure.name(), target.name(), load.units, load.failures, load.why, load.figures);
    }

    /** What the load generators saw, before the clocks are read. */
    private record Load(long units, long failures, Map<String, Integer> why, Map<Figure, Double> figures) {}

    private Load load(Measure measure, Target target) throws IOException, InterruptedException {
        var call = target.call(measure.behaviour());
        return switch (measure) {
            case Measure.Whole whole -> of(wrk.run(call, whole.connections(), whole.bodyBytes(), whole.seconds()));
            case Measure.Streamed streamed -> {
                try {
                    yield of(streams.run(call, streamed.plan()));
                } catch (TimeoutException e) {
                    yield new Load(0, 1, Map.of("streams that never ended", 1), new EnumMap<>(Figure.class));
                }
            }
        };
    }

    private static Load of(WholeResult seen) {
        var why = new TreeMap<String, Integer>();
        put(why, "status", seen.status());
        put(why, "connect", seen.connect());
        put(why, "read", seen.read());
        put(why, "write", seen.write());
        put(why, "timeout", seen.timeout());
        var figures = new EnumMap<Figure, Double>(Figure.class);
        figures.put(Figure.P50, seen.p50());
        figures.put(Figure.P99, seen.p99());
        figures.put(Figure.PER_SECOND, seen.perSecond());
        return new Load(seen.requests() - seen.status(), seen.failures(), why, figures);
    }

    private static Load of(StreamResult seen) {
        var figures = new EnumMap<Figure, Double>(Figure.class);
        if (seen.complete() > 0) {
            figures.put(Figure.P50, seen.firstP50());
            figures.put(Figure.P99, seen.firstP99());
            figures.put(Figure.PER_SECOND, seen.chunks() * 1e6 / seen.micros());
        }
        return new Load(seen.chunks(), seen.failed(), seen.failures(), figures);
    }

    private static void put(Map<String, Integer> why, String what, long count) {
        if (count > 0) {
            why.put(what, (int) count);
        }
    }

    /** Work that a gateway puts off until after the answer is part of what the answer costs. */
    private static void awaitQuiet(Target target) throws InterruptedException {
        long before = busy(target);
        for (int poll = 0; poll < QUIET_POLLS; poll++) {
            Thread.sleep(QUIET_POLL_MILLIS);
            long now = busy(target);
            if (now - before <= MICROS_PER_TICK) {
                return;
            }
            before = now;
        }
    }

    private static long busy(Target target) {
        return target.processes().cpuMicros() + target.companions().cpuMicros();
    }
}
