package io.llmplatform.bench.run;

import io.llmplatform.bench.contender.Ours;
import io.llmplatform.bench.contender.Probe;
import io.llmplatform.bench.contender.Site;
import io.llmplatform.bench.contender.Target;
import io.llmplatform.bench.contender.Targets;
import io.llmplatform.bench.load.Streams;
import io.llmplatform.bench.load.Wrk;
import io.llmplatform.bench.process.Child;
import io.llmplatform.bench.report.Figure;
import io.llmplatform.bench.report.Machine;
import io.llmplatform.bench.report.RunReport;
import io.llmplatform.bench.report.Sample;
import io.llmplatform.bench.report.Soak;
import io.llmplatform.bench.upstream.Behaviour;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run from the start of the servers to the account of what they recorded. */
final class Bench {
    private static final int WARM_UP = 0;
    private static final int COMPILED = 4;

    private final Plan plan;
    private final Site site;
    private final Progress progress;
    private final MemoryWatch memory = new MemoryWatch();
    private final Tally tally = new Tally();
    private final List<Sample> samples = new ArrayList<>();

    Bench(Plan plan, Site site) {
        this.plan = plan;
        this.site = site;
        this.progress = new Progress();
    }

    RunReport run(Instant begun) throws IOException, InterruptedException {
        try (var _ = startUpstream();
                var streams = new Streams();
                var fleet = new Fleet(plan.targets());
                memory) {
            memory.start();
            fleet.start(site, progress);
            var meter = new Meter(new Wrk(site.root().resolve("bench/wrk/chat.lua"), site.work()), streams);
            warmUp(fleet.up(), meter);
            progress.expect(plan, fleet.up().size());
            for (int round = 1; round <= plan.rounds(); round++) {
                round(round, fleet.up(), meter);
            }
            var soak = soak(fleet, meter);
            var infos = fleet.infos(memory);
            var usage = usage(fleet);
            return new RunReport(
                    begun.toString(), plan.quick(), plan.rounds(), Machine.here(), infos, samples, usage, soak);
        }
    }

    private Child startUpstream() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Child.start(
                "upstream",
                List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.llmplatform.bench.Main",
                        "upstream",
                        "--port",
                        Integer.toString(site.upstreamPort())),
                Map.of(),
                site.work());
    }

    private void warmUp(List<Target> targets, Meter meter) throws IOException, InterruptedException {
        for (var target : targets) {
            // A server runs for weeks; a compiler that shares two cores with the load takes more than a minute.
            int turns = target.name().equals(Targets.OURS) ? COMPILED : 1;
            progress.say("warming up %s for %d s", target.name(), turns * plan.warmUp());
            for (int turn = 0; turn < turns; turn++) {
                for (var load : plan.warmUpLoads()) {
                    under(meter, WARM_UP, load, target);
                }
            }
        }
    }

    private void round(int round, List<Target> targets, Meter meter) throws IOException, InterruptedException {
        for (int m = 0; m < plan.measures().size(); m++) {
            var measure = plan.measures().get(m);
            for (int t = 0; t < targets.size(); t++) {
                // Another one begins each time, so that none is always first or always after the heaviest.
                var target = targets.get((t + round + m) % targets.size());
                var sample = under(meter, round, measure, target);
                samples.add(sample);
                progress.done(measure, sample);
            }
        }
    }

    private @Nullable Soak soak(Fleet fleet, Meter meter) throws IOException, InterruptedException {
        var ours = fleet.ours();
        if (ours.isEmpty() || plan.soak() == 0) {
            return null;
        }
        var load = new Measure.Whole("soak", 32, 1024, 60);
        var minutes = new ArrayList<Soak.Minute>();
        for (int minute = 1; minute <= plan.soak(); minute++) {
            memory.startAnew(ours.get().name());
            var sample = under(meter, WARM_UP, load, ours.get());
            var seen = new Soak.Minute(
                    sample.units(),
                    sample.failures(),
                    memory.latestOf(ours.get().name()),
                    sample.figures().getOrDefault(Figure.CPU, 0.0));
            minutes.add(seen);
            progress.say("soak, minute %d: %,d answers, %,d bytes", minute, seen.answers(), seen.residentBytes());
        }
        return new Soak(load.connections(), load.bodyBytes(), minutes);
    }

    private Sample under(Meter meter, int round, Measure measure, Target target)
            throws IOException, InterruptedException {
        target.release();
        try {
            var fault = Probe.fault(target.call(new Behaviour.Whole()));
            if (!fault.isEmpty()) {
                return new Sample(round, measure.name(), target.name(), 0, 1, Map.of(fault, 1), Map.of());
            }
            memory.look(target.name(), target.processes());
            var sample = meter.sample(round, measure, target);
            memory.lookAway();
            if (target instanceof Ours) {
                tally.add(measure, sample);
            }
            return sample;
        } finally {
            target.hold();
        }
    }

    private RunReport.@Nullable UsageCheck usage(Fleet fleet) throws InterruptedException {
        var ours = fleet.ours();
        if (ours.isEmpty()) {
            return null;
        }
        progress.say("starting the read side, to count %,d usage records", tally.answered());
        try {
            var recorded =
                    ours.get().recorded(tally.answered(), Duration.ofMinutes(plan.quick() ? 3 : 15 + plan.soak()));
            return new RunReport.UsageCheck(
                    tally.answered(),
                    tally.cutOff(),
                    recorded.requests(),
                    recorded.completed(),
                    recorded.millis(),
                    null);
        } catch (IOException e) {
            // The samples are worth their file all the same.
            return new RunReport.UsageCheck(tally.answered(), tally.cutOff(), 0, 0, 0, e.getMessage());
        }
    }
}
