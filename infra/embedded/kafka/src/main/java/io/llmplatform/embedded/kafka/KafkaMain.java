package io.llmplatform.embedded.kafka;

import io.llmplatform.embedded.launch.EmbeddedServer;
import io.llmplatform.embedded.launch.LaunchFailure;
import io.llmplatform.embedded.launch.LaunchOptions;
import io.llmplatform.embedded.launch.Launcher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;

/** {@code KafkaMain <data folder> <port>}: a single Kafka node on loopback; the folder is formatted once. */
public final class KafkaMain {
    private KafkaMain() {}

    public static void main(String[] args) throws InterruptedException {
        Launcher.run(KafkaMain::start, args);
    }

    private static EmbeddedServer start(LaunchOptions options) throws IOException {
        var log = options.data().resolve("log");
        var settings = settings(log, options.port(), LaunchOptions.freePort());
        if (!Files.exists(log.resolve("meta.properties"))) {
            format(options.data(), settings);
        }
        var server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        // A fatal fault inside Kafka exits: the launcher's hook must not wait for a broker that is already broken.
        Exit.setExitProcedure((status, message) -> Runtime.getRuntime().halt(status == 0 ? 1 : status));
        server.startup();
        return new Running(server);
    }

    private static Properties settings(Path log, int port, int controllerPort) throws IOException {
        var settings = new Properties();
        try (InputStream fixed = KafkaMain.class.getResourceAsStream("server.properties")) {
            settings.load(fixed);
        }
        settings.setProperty("log.dirs", log.toString());
        settings.setProperty(
                "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        return settings;
    }

    private static void format(Path data, Properties settings) throws IOException {
        var file = data.resolve("server.properties");
        try (var out = Files.newBufferedWriter(file)) {
            settings.store(out, "written by KafkaMain for the formatter; not read afterwards");
        }
        var clusterId = Uuid.randomUuid().toString();
        int status = StorageTool.execute(
                new String[] {"format", "--ignore-formatted", "-t", clusterId, "-c", file.toString()}, System.err);
        if (status != 0) {
            throw new LaunchFailure("formatting " + data + " ended with " + status);
        }
    }

    private record Running(KafkaRaftServer server) implements EmbeddedServer {
        @Override
        public void awaitEnd() {
            server.awaitShutdown();
        }

        @Override
        public void close() {
            server.shutdown();
        }
    }
}
