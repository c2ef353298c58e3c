package io.llmplatform.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PostgresServerIT {
    @Test
    void rowsAreThereAgainAfterKillAndRestart() throws SQLException {
        try (var server = PostgresServer.start()) {
            var url = server.newDatabase();
            try (var connection = connect(url)) {
                run(connection, "create table events.note (text text)");
                run(connection, "insert into events.note values ('你好 🌍')");
            }
            server.kill();
            server.restart();
            try (var connection = connect(url)) {
                assertThat(read(connection, "select text from events.note")).isEqualTo("你好 🌍");
            }
            server.stop();
            assertThatThrownBy(() -> connect(url)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void theDatabaseIsUtf8AndEachRoleOwnsItsSchemasOnly() throws SQLException {
        var server = PostgresServer.shared();
        var url = server.newDatabase();
        try (var connection = connect(server.urlFor(url, "command_service"))) {
            assertThat(read(connection, "show server_encoding")).isEqualTo("UTF8");
            assertThat(read(connection, "select lower('ÄÉ') || char_length('你好')"))
                    .isEqualTo("äé2");
            run(connection, "create schema if not exists events");
            run(connection, "create table events.a (id int); create table identity.b (id int)");
            assertThatThrownBy(() -> run(connection, "create table readmodel.c (id int)"))
                    .hasMessageContaining("permission denied");
        }
        try (var connection = connect(server.urlFor(url, "projections"))) {
            run(connection, "create schema if not exists readmodel; create table readmodel.c (id int)");
            assertThatThrownBy(() -> run(connection, "select * from events.a"))
                    .hasMessageContaining("permission denied");
        }
        try (var connection = connect(server.urlFor(url, "query_service"))) {
            assertThatThrownBy(() -> run(connection, "create schema mine")).hasMessageContaining("permission denied");
        }
    }

    @Test
    void theSharedServerIsNotStoppedByOneOfItsUsers() {
        assertThatThrownBy(() -> PostgresServer.shared().stop()).isInstanceOf(IllegalStateException.class);
    }

    private static Connection connect(String url) throws SQLException {
        var uri = URI.create(url);
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + uri.getPort() + uri.getPath(), uri.getUserInfo(), "");
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String read(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
