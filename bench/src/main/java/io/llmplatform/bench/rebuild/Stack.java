package io.llmplatform.bench.rebuild;

import io.llmplatform.contracts.settings.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * The stack under measurement, as {@code ./platform} tells of it by environment: KAFKA_BOOTSTRAP_SERVERS, SEARCH_URL,
 * QUERY_URL, COMMAND_URL, PLATFORM_DATA, and DATABASE_URL of the role that owns the read model.
 */
record Stack(String kafka, String search, String query, String command, String database, Path data, Path script) {
    static Stack fromEnvironment() {
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

    Connection connect() throws SQLException {
        var url = DatabaseUrl.parse(database);
        return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
    }

    ProcessCpu cpu() {
        return new ProcessCpu(data.resolve("run"));
    }

    /** {@code ./platform start|stop projections}; its settings come from this process's environment. */
    void platform(String verb, String component) throws IOException, InterruptedException {
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
