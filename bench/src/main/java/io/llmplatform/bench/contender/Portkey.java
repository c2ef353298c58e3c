package io.llmplatform.bench.contender;

import io.llmplatform.bench.load.Call;
import io.llmplatform.bench.process.Child;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;

/** Portkey's open gateway, by its own start-server; each request names its upstream in a header, as its documents say. */
final class Portkey {
    private static final int PORT = 2;
    private static final String PACKAGE = "node_modules/@portkey-ai/gateway/";

    private Portkey() {}

    static Target start(Site site) throws NotMeasured, IOException, InterruptedException {
        var server = site.installed("portkey", PACKAGE + "build/start-server.js");
        var version = new ObjectMapper()
                .readTree(site.installed("portkey", PACKAGE + "package.json").toFile())
                .path("version")
                .asString();
        var child = Child.start(
                "portkey",
                List.of("node", server.toString(), "--headless", "--port=" + site.port(PORT)),
                Map.of("NODE_ENV", "production"),
                site.work());
        return new Peer(
                        "portkey",
                        version,
                        "its npm package's start-server, NODE_ENV=production, no console; no keys, limits or records of its own",
                        child,
                        behaviour -> new Call(
                                behaviour,
                                Site.chat("http://127.0.0.1:" + site.port(PORT) + "/v1"),
                                Map.of(
                                        "content-type", "application/json",
                                        "authorization", "Bearer sk-upstream",
                                        "x-portkey-provider", "openai",
                                        "x-portkey-custom-host", site.baseUrl(behaviour)),
                                "bench"))
                .ready(Duration.ofSeconds(30));
    }
}
