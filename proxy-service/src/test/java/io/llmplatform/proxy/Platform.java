package io.llmplatform.proxy;

import io.llmplatform.testkit.KafkaServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A running gateway with a real broker and scripted neighbours, one for all integration tests of the JVM. */
final class Platform {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static Platform shared;

    final ConfigTopic config;
    final UsageTopic usage;
    final ScriptedUpstream upstream = new ScriptedUpstream();
    final ManagementStub management = new ManagementStub();
    final Path data;
    final ConfigurableApplicationContext context;
    final int port;
    final int consolePort;
    final String key;

    /** Provider secret that must never be seen anywhere. */
    static final String PROVIDER_SECRET = "planted-provider-secret-4711";

    static synchronized Platform shared() throws Exception {
        if (shared == null) {
            shared = new Platform();
        }
        return shared;
    }

    private Platform() throws Exception {
        var kafka = KafkaServer.shared().bootstrapServers();
        config = new ConfigTopic(kafka);
        usage = new UsageTopic(kafka);
        data = Files.createTempDirectory("gateway-it");
        var console = Files.createDirectories(data.resolve("console/assets"));
        Files.writeString(console.resolveSibling("index.html"), "<!doctype html><title>console</title>");
        Files.writeString(console.resolve("app-1a2b.js"), "export const x = 1;\n".repeat(200));
        Files.writeString(data.resolve("secret.txt"), "outside");
        config.raw("api_key/bad", "{not json".getBytes(StandardCharsets.UTF_8));
        config.user("usr_1", true);
        key = config.key("key_1", "usr_1");
        config.provider("mock", "mock", "mock:?first_token_ms=1&token_ms=1", null);
        config.model("gpt-4o", "mock");
        config.model("org/slashed", "mock");
        config.provider("scripted", "openai-compatible", upstream.url(), PROVIDER_SECRET);
        config.provider("p-openai", "openai", upstream.url(), PROVIDER_SECRET);
        config.provider("p-compatible", "openai-compatible", upstream.url(), PROVIDER_SECRET);
        config.provider("p-deepseek", "deepseek", upstream.url(), PROVIDER_SECRET);
        config.provider("p-anthropic", "anthropic", upstream.url(), PROVIDER_SECRET);
        config.provider("p-gemini", "gemini", upstream.origin() + "/v1beta", PROVIDER_SECRET);
        config.provider("p-azure", "azure-openai", upstream.origin(), PROVIDER_SECRET);
        context = start(
                kafka,
                data,
                Map.of(
                        "CONSOLE_DIR", console.getParent().toString(),
                        "COMMAND_URL", management.url("command"),
                        "QUERY_URL", management.url("query"),
                        "UPSTREAM_FIRST_BYTE_TIMEOUT", "2",
                        "UPSTREAM_IDLE_TIMEOUT", "1.5",
                        "SSE_KEEP_ALIVE", "0.4",
                        "MAX_BODY_BYTES", "200000",
                        "MAX_INFLIGHT_BODY_BYTES", "400000",
                        "MAX_EVENT_BYTES", "50000"));
        port = context.getBean(Gateway.class).port();
        consolePort = context.getBean(Gateway.class).consolePort();
        awaitStatus(port, "ok");
    }

    static ConfigurableApplicationContext start(String kafka, Path data, Map<String, String> more) {
        var settings = new LinkedHashMap<String, Object>(Map.of(
                "PLATFORM_MODE",
                "demo",
                "API_KEY_PEPPER",
                ConfigTopic.PEPPER,
                "KEY_ENCRYPTION_KEY",
                ConfigTopic.KEK,
                "GATEWAY_PORT",
                "0",
                "CONSOLE_PORT",
                "0",
                "PROXY_MANAGEMENT_PORT",
                "0",
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka,
                "PROXY_DATA_DIR",
                data.resolve("proxy").toString()));
        settings.putAll(more);
        var args = settings.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
        return SpringApplication.run(ProxyServiceApplication.class, args);
    }

    static void awaitStatus(int port, String status) {
        Awaitility.await("gateway " + status)
                .atMost(Duration.ofSeconds(90))
                .ignoreExceptions()
                .until(() -> get(port, "/health", Map.of()).body().contains("\"status\":\"" + status + "\""));
    }

    /** Publishes a model and waits until the gateway knows it, and with it everything published before. */
    void serve(ModelDraft model) throws Exception {
        config.model(model);
        Awaitility.await("model " + model.name())
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> get(port, "/v1/models/" + model.name(), Map.of("x-api-key", key))
                                .statusCode()
                        == 200);
    }

    /** A model with a deployment at each of these providers, which all do what the script says. */
    void serve(String model, ScriptedUpstream.Script script, String... providers) throws Exception {
        upstream.script(model, script);
        serve(new ModelDraft(model).at(providers));
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return post(port, path, key, body);
    }

    static String chatBody(String model, String more) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]" + more + "}";
    }

    HttpResponse<String> chat(String model, String more) throws Exception {
        return post(port, "/v1/chat/completions", key, chatBody(model, more));
    }

    static HttpResponse<String> post(int port, String path, String key, String body) throws Exception {
        return send(
                port, "POST", path, Map.of("Authorization", "Bearer " + key, "Content-Type", "application/json"), body);
    }

    static HttpResponse<String> get(int port, String path, Map<String, String> headers) throws Exception {
        return send(port, "GET", path, headers, "");
    }

    static HttpResponse<String> send(int port, String method, String path, Map<String, String> headers, String body)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static String requestId(HttpResponse<?> response) {
        return response.headers().firstValue("x-request-id").orElseThrow();
    }

    /** A client that can hang up at any point. */
    Socket rawChat(String model, String more) throws IOException {
        return raw("/v1/chat/completions", chatBody(model, more));
    }

    Socket raw(String path, String body) throws IOException {
        var socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        OutputStream out = socket.getOutputStream();
        out.write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + key
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
        return socket;
    }

    static String readUntil(Socket socket, String text) throws IOException {
        var seen = new StringBuilder();
        while (seen.indexOf(text) < 0) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                throw new IOException("ended before '" + text + "': " + seen);
            }
            seen.append((char) b);
        }
        return seen.toString();
    }
}
