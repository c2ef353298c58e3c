package io.llmplatform.bench.report;

import io.llmplatform.bench.Arguments;
import io.llmplatform.bench.Subcommand;
import java.io.IOException;
import java.nio.file.Path;

/** {@code table <run.json>}: makes the Markdown of a run again. */
public final class WriteTable implements Subcommand {
    @Override
    public int run(Arguments arguments) throws IOException {
        var json = Path.of(arguments.word("JSON file of a run"));
        arguments.refuseOthers();
        System.out.println(RunFile.writeMarkdown(RunFile.read(json), json));
        return 0;
    }
}
