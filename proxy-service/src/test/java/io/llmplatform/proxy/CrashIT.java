package io.llmplatform.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.testkit.KafkaServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway in a process of its own, killed as by kill -9, with the broker going and coming. */
class CrashIT {
    private static final int CLIENTS = 20;

    @TempDir
    Path data;

    @Test
    void whatAClientSawCompletedIsOnRecordExactlyOnceWhateverDies() throws Exception {
        try (var kafka = KafkaServer.start();
                var config = new ConfigTopic(kafka.bootstrapServers())) {
            config.user("usr_1", true);
            var key = config.key("key_1", "usr_1");
            config.provider("mock", "mock", "mock:?first_token_ms=2&token_ms=3", null);
            config.model("gpt-4o", "mock");

            int port = freePort();
            var gateway = gateway(port, kafka);
            Platform.awaitStatus(port, "ok");
            await().until(() -> Files.exists(data.resolve("proxy/config-snapshot.jsonl"))
                    && Files.readString(data.resolve("proxy/config-snapshot.jsonl"))
                            .contains("mdl_gpt-4o"));

            // The broker goes; calls go on; the process dies in the middle of them.
            kafka.stop();
            var seen = trafficUntilKilled(port, key, gateway);
            assertThat(seen).isNotEmpty();

            // Cold start without the broker.
            var second = gateway(port, kafka);
            try {
                Platform.awaitStatus(port, "stale");
                var cold = Platform.post(port, "/v1/chat/completions", key, Platform.chatBody("gpt-4o", ""));
                assertThat(cold.statusCode()).isEqualTo(200);
                seen.put(Platform.requestId(cold), true);

                kafka.restart();
                Platform.awaitStatus(port, "ok");
                try (var usage = new UsageTopic(kafka.bootstrapServers())) {
                    usage.of(Platform.requestId(cold));
                    var records = usage.ofModel("gpt-4o", seen.size());
                    assertThat(records).extracting(record -> record.requestId()).doesNotHaveDuplicates();
                    for (var id : seen.keySet()) {
                        assertThat(usage.of(id).outcome()).as(id).isEqualTo(Outcome.COMPLETED);
                    }
                    var unseen = records.stream()
                            .filter(record -> !seen.containsKey(record.requestId()))
                            .toList();
                    // Written, but its last byte was still on the way when the process died; or never ended.
                    assertThat(unseen).hasSizeLessThanOrEqualTo(CLIENTS);
                    assertThat(unseen).anyMatch(record -> record.outcome() == Outcome.UNKNOWN);
                }
            } finally {
                second.destroyForcibly().waitFor();
            }
        }
    }

    /** @return ids of the requests whose clients saw the end mark or the whole answer */
    private static Map<String, Boolean> trafficUntilKilled(int port, String key, Process gateway) throws Exception {
        var seen = new ConcurrentHashMap<String, Boolean>();
        var done = new AtomicInteger();
        var stop = new AtomicBoolean();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                var more = i % 2 == 0 ? ",\"stream\":true" : "";
                clients.submit(() -> {
                    while (!stop.get()) {
                        try {
                            var response =
                                    Platform.post(port, "/v1/chat/completions", key, Platform.chatBody("gpt-4o", more));
                            if (response.statusCode() == 200
                                    && (more.isEmpty() || response.body().endsWith(ScriptedUpstream.DONE))) {
                                seen.put(Platform.requestId(response), true);
                                done.incrementAndGet();
                            }
                        } catch (IOException e) {
                            return null;
                        }
                    }
                    return null;
                });
            }
            await().atMost(60, TimeUnit.SECONDS).until(() -> done.get() >= 60);
            gateway.destroyForcibly().waitFor();
            stop.set(true);
        }
        return seen;
    }

    private Process gateway(int port, KafkaServer kafka) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ProxyServiceApplication.class.getName()));
        var process = new ProcessBuilder(command);
        process.environment()
                .putAll(Map.of(
                        "PLATFORM_MODE",
                        "demo",
                        "API_KEY_PEPPER",
                        ConfigTopic.PEPPER,
                        "KEY_ENCRYPTION_KEY",
                        ConfigTopic.KEK,
                        "GATEWAY_PORT",
                        Integer.toString(port),
                        "PROXY_MANAGEMENT_PORT",
                        "0",
                        "KAFKA_BOOTSTRAP_SERVERS",
                        kafka.bootstrapServers(),
                        "CONFIG_BROKER_WAIT",
                        "1",
                        "PROXY_DATA_DIR",
                        data.resolve("proxy").toString()));
        process.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolve("gateway.log").toFile()));
        var started = process.start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        return started;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
