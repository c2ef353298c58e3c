package io.llmplatform.bench.rebuild;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.settings.DatabaseUrl;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * The stack under measurement, as {@code ./platform} tells of it by environment: KAFKA_BOOTSTRAP_SERVERS, SEARCH_URL,
 * QUERY_URL, COMMAND_URL, PLATFORM_DATA, and DATABASE_URL of the role that owns the read model.
 */
public record Stack(
        String kafka, String search, String query, String command, String database, Path data, Path script) {
    public static Stack fromEnvironment() {
        return new Stack(
                variable("KAFKA_BOOTSTRAP_SERVERS"),
                variable("SEARCH_URL"),
                variable("QUERY_URL"),
                variable("COMMAND_URL"),
                variable("DATABASE_URL"),
                Path.of(variable("PLATFORM_DATA")),
                Path.of("platform").toAbsolutePath());
    }

    private static String variable(String name) {
        var value = System.getenv(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(name + ": not set (./platform bench rebuild sets it)");
        }
        return value;
    }

    public Connection connect() throws SQLException {
        var url = DatabaseUrl.parse(database);
        return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
    }

    /** An access token of the first administrator. */
    public String administrator(HttpClient http) throws IOException, InterruptedException {
        var login = HttpRequest.newBuilder(URI.create(command + "/api/admin/v1/auth/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        ContractJson.mapper().writeValueAsString(Map.of("username", "admin", "password", "admin123"))))
                .build();
        return Summary.answer(http, login, "access_token");
    }

    ProcessCpu cpu() {
        return new ProcessCpu(data.resolve("run"));
    }

    /** {@code ./platform start|stop projections}; its settings come from this process's environment. */
    public void platform(String verb, String component) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(List.of(script.toString(), verb, component)).inheritIO();
        // Set by ./platform for us, as the role projections; for the whole stack it would mean a server of the user's.
        List.of("DATABASE_URL", "KAFKA_BOOTSTRAP_SERVERS", "SEARCH_URL", "QUERY_URL", "COMMAND_URL")
                .forEach(builder.environment()::remove);
        int status = builder.start().waitFor();
        if (status != 0) {
            throw new IllegalStateException("./platform " + verb + " " + component + " ended with " + status);
        }
    }
}
