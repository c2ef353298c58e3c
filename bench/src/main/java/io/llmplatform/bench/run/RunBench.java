package io.llmplatform.bench.run;

import io.llmplatform.bench.Arguments;
import io.llmplatform.bench.Subcommand;
import io.llmplatform.bench.contender.Site;
import io.llmplatform.bench.contender.Targets;
import io.llmplatform.bench.report.Measures;
import io.llmplatform.bench.report.RunFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * {@code run [--quick] [--rounds n] [--targets a,b] [--measures a,b] [--soak minutes]}: one whole run, and its two files. Fails when our
 * gateway was asked for and not measured, or lost usage.
 */
public final class RunBench implements Subcommand {
    @Override
    public int run(Arguments arguments) throws Exception {
        boolean quick = arguments.flag("--quick");
        var targets = known("--targets", arguments.list("--targets"), Targets.ALL);
        var measures = known("--measures", arguments.list("--measures"), Measures.ALL);
        var plan = new Plan(
                quick,
                arguments.number("--rounds", quick ? 1 : 3),
                arguments.number("--warm-up", quick ? 6 : 20),
                arguments.number("--soak", 0),
                targets.isEmpty() ? Targets.ALL : targets,
                Plan.measures(quick, measures));
        var root = Path.of(arguments.text("--root", ".")).toAbsolutePath().normalize();
        var work = Files.createDirectories(
                Path.of(arguments.text("--work", "bench/target/run")).toAbsolutePath());
        int port = arguments.number("--port", 8200);
        var results = Path.of(arguments.text("--results", root + "/bench/results"));
        arguments.refuseOthers();

        var begun = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var site = new Site(root, root.resolve("bench/.peers"), work, port, plan.behaviours());
        var report = new Bench(plan, site).run(begun);
        Files.createDirectories(results);
        var name = begun.toString().replaceAll("[-:]", "").replace("T", "-").replace("Z", "") + (quick ? "-quick" : "");
        var markdown = RunFile.write(report, results.resolve(name + ".json"));
        System.out.println();
        System.out.println(Files.readString(markdown));
        System.out.println("Written to " + markdown + " and the JSON beside it");
        return report.sound() ? 0 : 1;
    }

    private static List<String> known(String option, List<String> wanted, List<String> all) {
        for (var name : wanted) {
            if (!all.contains(name)) {
                throw new Arguments.Unusable(
                        option + ": expected some of " + String.join(",", all) + ", got '" + name + "'");
            }
        }
        return wanted;
    }
}
