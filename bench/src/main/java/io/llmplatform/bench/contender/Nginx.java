package io.llmplatform.bench.contender;

import io.llmplatform.bench.load.Call;
import io.llmplatform.bench.process.Child;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The floor: a reverse proxy that only copies. */
final class Nginx {
    private static final int PORT = 1;

    private Nginx() {}

    static Target start(Site site) throws NotMeasured, IOException, InterruptedException {
        var program = List.of(
                        Path.of("/usr/sbin/nginx"), Path.of("/usr/local/bin/nginx"), Path.of("/opt/homebrew/bin/nginx"))
                .stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new NotMeasured("it is not installed (Debian: apt-get install nginx-light)"));
        var home = Files.createDirectories(site.work().resolve("nginx"));
        var config = site.root().resolve("bench/peers/nginx.conf.template");
        Files.writeString(
                home.resolve("nginx.conf"),
                Files.readString(config)
                        .replace("@USER@", "root".equals(System.getProperty("user.name")) ? "user root;" : "")
                        .replace("@PORT@", Integer.toString(site.port(PORT)))
                        .replace("@UPSTREAM@", "127.0.0.1:" + site.upstreamPort()));
        var child = Child.start(
                "nginx",
                List.of(
                        program.toString(),
                        "-p",
                        home.toString(),
                        "-c",
                        home.resolve("nginx.conf").toString(),
                        "-e",
                        "stderr"),
                Map.of(),
                site.work());
        return new Peer(
                        "nginx",
                        version(program),
                        "reverse proxy and nothing else, 2 workers, keep-alive to the upstream, no access log",
                        child,
                        behaviour -> new Call(
                                behaviour,
                                Site.chat("http://127.0.0.1:" + site.port(PORT) + behaviour.prefix() + "/v1"),
                                Map.of("content-type", "application/json"),
                                "bench"))
                .ready(Duration.ofSeconds(10));
    }

    private static String version(Path program) throws IOException {
        var process = new ProcessBuilder(program.toString(), "-v")
                .redirectErrorStream(true)
                .start();
        var line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return line.replaceAll(".*nginx/", "");
    }
}
