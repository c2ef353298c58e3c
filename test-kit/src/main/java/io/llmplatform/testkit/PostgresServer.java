package io.llmplatform.testkit;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/** PostgreSQL 18. The roles {@code command_service}, {@code projections} and {@code query_service} exist; no passwords. */
public final class PostgresServer extends EmbeddedServer {
    private static final ServerProgram PROGRAM = new ServerProgram("postgres", "64m", List.of("--no-fsync"));
    private static final String TEMPLATE = "llm_platform";

    /** PostgreSQL copies a template only while nobody else does. */
    private final ReentrantLock copying = new ReentrantLock();

    private PostgresServer(boolean shared) {
        super(PROGRAM, shared);
    }

    /** The one of this JVM, which nobody stops; take a database of your own with {@link #newDatabase}. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** A server of your own, to stop, kill and restart. */
    public static PostgresServer start() {
        return new PostgresServer(false);
    }

    /**
     * A fresh database with the platform's empty schemas and their owners.
     *
     * @return {@code postgresql://postgres@127.0.0.1:PORT/db_…}, as superuser
     */
    public String newDatabase() {
        var name = "db_" + UUID.randomUUID().toString().replace("-", "");
        copying.lock();
        try (var connection = connect("postgres")) {
            execute(connection, "create database " + name + " template " + TEMPLATE);
            execute(connection, "grant create on database " + name + " to command_service, projections");
        } catch (SQLException e) {
            throw new ServerFailure("a new database", e);
        } finally {
            copying.unlock();
        }
        return "postgresql://postgres@127.0.0.1:" + port() + "/" + name;
    }

    /** The same database as another role. */
    public String urlFor(String url, String role) {
        return "postgresql://" + role + "@127.0.0.1:" + port() + URI.create(url).getPath();
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port() + "/" + database, "postgres", "");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static final class Shared {
        static final PostgresServer SERVER = new PostgresServer(true);
    }
}
