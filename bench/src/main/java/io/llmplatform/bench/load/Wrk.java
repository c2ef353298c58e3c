package io.llmplatform.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.ObjectMapper;

/** Runs wrk against a target for a while. */
public final class Wrk {
    private final Path script;
    private final Path work;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param script the Lua script of this module
     * @param work   a folder for request bodies
     */
    public Wrk(Path script, Path work) {
        this.script = script;
        this.work = work;
    }

    /** @throws IOException when wrk did not run to its end */
    public WholeResult run(Call call, int connections, int bodyBytes, int seconds)
            throws IOException, InterruptedException {
        var body = work.resolve("body-" + call.model().replaceAll("[^A-Za-z0-9-]", "_") + "-" + bodyBytes + ".json");
        Files.writeString(body, Prompt.ofSize(bodyBytes, call.model(), false));
        int threads = connections == 1 ? 1 : 2;
        var builder = new ProcessBuilder(
                        "wrk",
                        "-t" + threads,
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "--timeout",
                        "20s",
                        "-s",
                        script.toString(),
                        call.uri().toString())
                .redirectErrorStream(true);
        builder.environment().put("BENCH_BODY", body.toString());
        builder.environment().put("BENCH_HEADERS", headers(call.headers()));
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        var last = output.strip().lines().reduce("", (before, line) -> line);
        if (exit != 0 || !last.startsWith("{")) {
            throw new IOException("wrk ended with " + exit + ": " + output.strip());
        }
        return json.readValue(last, WholeResult.class);
    }

    private static String headers(Map<String, String> headers) {
        return headers.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .collect(Collectors.joining("\n"));
    }
}
