package io.llmplatform.command;

import io.llmplatform.command.personal.PersonKeyStore;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.personal.PersonalData;
import io.llmplatform.testkit.KafkaServer;
import io.llmplatform.testkit.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** The real service on a free port, as a process would run it, and a client for it. Demo mode unless told otherwise. */
public final class Service implements AutoCloseable {
    /** The common pool has one thread on a small machine; what is to happen at the same time goes here. */
    public static final Executor PARALLEL = Thread::startVirtualThread;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String BASE = "/api/admin/v1/";

    private final ConfigurableApplicationContext context;

    private Service(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** On a database of its own. */
    public static Service start() {
        return start(Map.of());
    }

    public static Service start(Map<String, String> settings) {
        var all = new HashMap<String, Object>(Map.of(
                "PLATFORM_MODE", "demo",
                "SECRET_KEY", "demo-secret-key-0123456789-0123456789",
                "API_KEY_PEPPER", "demo-pepper-0123456789-0123456789-01",
                "KEY_ENCRYPTION_KEY", "demo-key-encryption-key-0123456789-01",
                "PERSONAL_DATA_KEY", "demo-personal-data-key-0123456789-01",
                "COMMAND_PORT", "0"));
        if (!settings.containsKey("DATABASE_URL")) {
            all.put("DATABASE_URL", PostgresServer.shared().newDatabase());
        }
        if (!settings.containsKey("KAFKA_BOOTSTRAP_SERVERS")) {
            all.put("KAFKA_BOOTSTRAP_SERVERS", KafkaServer.shared().bootstrapServers());
        }
        all.putAll(settings);
        var application = new SpringApplication(CommandServiceApplication.class);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(all);
        return new Service(application.run());
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    public JdbcTemplate jdbc() {
        return bean(JdbcTemplate.class);
    }

    /** The stored events of a type, oldest first, as {@code {id, data, meta}}, personal data opened. */
    public List<JsonNode> events(String type) {
        var mapper = ContractJson.mapper();
        return jdbc().query(
                        "select aggregate_id, payload, metadata from events.domain_event where type = ? order by position",
                        (row, _) -> {
                            var event = mapper.createObjectNode();
                            event.put("id", row.getString(1));
                            event.set("data", mapper.readTree(row.getBytes(2)));
                            event.set("meta", mapper.readTree(row.getBytes(3)).get("meta"));
                            PersonalData.open(event, bean(PersonKeyStore.class));
                            return (JsonNode) event;
                        },
                        type);
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    public String login(String username, String password) {
        var answer = post("auth/login", null, Map.of("username", username, "password", password));
        if (answer.status() != 200) {
            throw new AssertionError("login of " + username + ": " + answer);
        }
        return answer.json().get("access_token").asString();
    }

    public String admin() {
        return login("admin", "admin123");
    }

    public Answer post(String path, String token, Object body, String... headers) {
        return send("POST", BASE + path, token, body, headers);
    }

    public Answer patch(String path, String token, Object body, String... headers) {
        return send("PATCH", BASE + path, token, body, headers);
    }

    public Answer get(String path, String token) {
        return send("GET", path.startsWith("/") ? path : BASE + path, token, null);
    }

    /** @param body a String goes as it is, null goes as no body, anything else as JSON */
    public Answer send(String method, String path, String token, Object body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .header("Content-Type", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            for (int i = 0; i < headers.length; i += 2) {
                request.setHeader(headers[i], headers[i + 1]);
            }
        }
        var publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(
                        body instanceof String text
                                ? text
                                : ContractJson.mapper().writeValueAsString(body));
        try {
            var response = HTTP.send(request.method(method, publisher).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response);
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    /** What came back. */
    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public JsonNode json() {
            return ContractJson.mapper().readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        public String id() {
            return json().get("id").asString();
        }

        public long version() {
            return json().get("version").asLong();
        }

        public String field() {
            return json().get("errors").get(0).get("field").asString();
        }

        @Override
        public String toString() {
            return status() + " " + body();
        }
    }
}
