package io.llmplatform.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The JSON file of a run, and the Markdown beside it. */
public final class RunFile {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private RunFile() {}

    static RunReport read(Path file) {
        return JSON.readValue(file.toFile(), RunReport.class);
    }

    /** Writes both. @return the Markdown file */
    public static Path write(RunReport report, Path json) throws IOException {
        Files.writeString(json, JSON.writeValueAsString(report) + "\n");
        return writeMarkdown(report, json);
    }

    static Path writeMarkdown(RunReport report, Path json) throws IOException {
        var file = json.resolveSibling(json.getFileName().toString().replaceAll("\\.json$", "") + ".md");
        return Files.writeString(file, Markdown.of(report));
    }
}
