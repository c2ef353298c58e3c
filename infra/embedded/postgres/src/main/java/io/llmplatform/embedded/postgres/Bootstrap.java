package io.llmplatform.embedded.postgres;

import io.llmplatform.embedded.launch.LaunchFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** Brings a started server to where the services expect it: roles, database, schemas and their owners; idempotent. */
record Bootstrap(int port, Passwords passwords) {
    static final String DATABASE = "llm_platform";
    private static final List<String> ROLES = List.of("command_service", "projections", "query_service");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String WRONG_PASSWORD = "28P01";
    private static final String CONNECTION_FAILURE = "08";
    private static final String STARTING_UP = "57P03";

    void run(Postmaster postmaster) throws SQLException, IOException, InterruptedException {
        try (var connection = awaitConnection(postmaster)) {
            for (var role : ROLES) {
                ensureRole(connection, role);
            }
            if (count(connection, "select count(*) from pg_database where datname = ?", DATABASE) == 0) {
                execute(connection, "create database " + DATABASE);
            }
        }
        try (var connection = connect(DATABASE)) {
            execute(connection, script("database.sql"));
        }
    }

    private Connection awaitConnection(Postmaster postmaster) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return connect("postgres");
            } catch (SQLException e) {
                var state = Objects.requireNonNullElse(e.getSQLState(), "");
                if (state.equals(WRONG_PASSWORD)) {
                    throw new LaunchFailure("the data folder was made with another password of role postgres: "
                            + "bring back the secrets it was made with, or give it up with ./platform reset");
                } else if (!postmaster.alive()) {
                    throw new LaunchFailure("PostgreSQL ended while starting; see the lines above");
                } else if (System.nanoTime() > deadline
                        || !(state.startsWith(CONNECTION_FAILURE) || state.equals(STARTING_UP))) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }

    private Connection connect(String database) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", Passwords.SUPERUSER);
        passwords.of(Passwords.SUPERUSER).ifPresent(password -> properties.setProperty("password", password));
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    }

    private void ensureRole(Connection connection, String role) throws SQLException {
        if (count(connection, "select count(*) from pg_roles where rolname = ?", role) == 0) {
            execute(connection, "create role " + role + " login");
        }
        var password = passwords.of(role);
        if (password.isPresent()) {
            try (var quote =
                    connection.prepareStatement("select format('alter role %I password %L', ?::text, ?::text)")) {
                quote.setString(1, role);
                quote.setString(2, password.get());
                try (var rows = quote.executeQuery()) {
                    rows.next();
                    execute(connection, rows.getString(1));
                }
            }
        }
    }

    private static long count(Connection connection, String sql, String parameter) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String script(String name) throws IOException {
        try (var in = Objects.requireNonNull(Bootstrap.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
