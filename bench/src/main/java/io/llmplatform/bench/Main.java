package io.llmplatform.bench;

import io.llmplatform.bench.analytics.Analytics;
import io.llmplatform.bench.rebuild.Freshness;
import io.llmplatform.bench.rebuild.Rebuild;
import io.llmplatform.bench.report.WriteTable;
import io.llmplatform.bench.run.RunBench;
import io.llmplatform.bench.upstream.ServeUpstream;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** {@code java -jar bench.jar <subcommand> [options]}. */
public final class Main {
    private static final Map<String, Subcommand> SUBCOMMANDS = new TreeMap<>(Map.of(
            "analytics",
            Analytics::run,
            "freshness",
            Freshness::run,
            "rebuild",
            Rebuild::run,
            "run",
            new RunBench(),
            "table",
            new WriteTable(),
            "upstream",
            new ServeUpstream()));

    private Main() {}

    /** Ends with 0 when the subcommand did what it was asked, 2 when it was asked wrongly. */
    public static void main(String[] args) throws Exception {
        var subcommand = args.length == 0 ? null : SUBCOMMANDS.get(args[0]);
        if (subcommand == null) {
            System.err.println("bench: expected one of " + SUBCOMMANDS.keySet() + ", got "
                    + (args.length == 0 ? "nothing" : args[0]));
            System.exit(2);
            return;
        }
        try {
            System.exit(subcommand.run(Arguments.parse(Arrays.asList(args).subList(1, args.length))));
        } catch (Arguments.Unusable e) {
            System.err.println("bench " + args[0] + ": " + e.getMessage());
            System.exit(2);
        }
    }
}
