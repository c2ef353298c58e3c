package io.llmplatform.bench.contender;

import io.llmplatform.bench.load.Call;
import io.llmplatform.bench.process.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** LiteLLM's proxy without a database: a master key, and a model for each behaviour. */
final class LiteLlm {
    private static final int PORT = 3;
    private static final String KEY = "sk-bench-master";

    private LiteLlm() {}

    static Target start(Site site) throws NotMeasured, IOException, InterruptedException {
        var program = site.installed("litellm", "bin/litellm");
        var config = new StringBuilder(Files.readString(site.root().resolve("bench/peers/litellm.yaml")));
        config.append("model_list:\n");
        for (var behaviour : site.behaviours()) {
            config.append("""
                      - model_name: bench-%s
                        litellm_params: {model: openai/upstream, api_base: "%s", api_key: sk-upstream}
                    """.formatted(behaviour.label(), site.baseUrl(behaviour)));
        }
        var file = site.work().resolve("litellm.yaml");
        Files.writeString(file, config);
        var child = Child.start(
                "litellm",
                List.of(
                        program.toString(),
                        "--config",
                        file.toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(site.port(PORT)),
                        "--num_workers",
                        "2"),
                Map.of(
                        "LITELLM_LOG",
                        "ERROR",
                        "LITELLM_MODE",
                        "PRODUCTION",
                        "LITELLM_LOCAL_MODEL_COST_MAP",
                        "True",
                        "LITELLM_MASTER_KEY",
                        KEY),
                site.work());
        return new Peer(
                        "litellm",
                        version(site),
                        "its proxy with 2 workers, production mode, errors only in the log, a master key, no database",
                        child,
                        behaviour -> new Call(
                                behaviour,
                                Site.chat("http://127.0.0.1:" + site.port(PORT) + "/v1"),
                                Map.of("content-type", "application/json", "authorization", "Bearer " + KEY),
                                "bench-" + behaviour.label()))
                .ready(Duration.ofSeconds(180));
    }

    private static String version(Site site) throws IOException {
        try (var found = Files.find(site.peers().resolve("litellm/lib"), 4, (path, attributes) -> path.getFileName()
                .toString()
                .matches("litellm-[0-9.]+\\.dist-info"))) {
            return found.findFirst()
                    .map(path -> path.getFileName().toString().replaceAll("litellm-|\\.dist-info", ""))
                    .orElse("unknown");
        }
    }
}
