package io.llmplatform.command.personal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.command.Service;
import io.llmplatform.contracts.http.Headers;
import io.llmplatform.contracts.settings.DatabaseUrl;
import io.llmplatform.testkit.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** What the write side's own tables hold of a person. */
class SealedIdentityIT {
    private static final List<String> TELLING =
            List.of("wanda", "Wanda", "万达", "192.0.2.99", "198.51.100.7", "old-browser");

    @Test
    void noTableTellsAnythingAndEverythingWorks() {
        try (var service = Service.start()) {
            var admin = service.admin();
            var person = service.post(
                            "users",
                            admin,
                            Map.of(
                                    "username", "wanda-w",
                                    "password", "a long password",
                                    "email", "wanda@example.org",
                                    "display_name", "万达"))
                    .id();
            var from = new String[] {Headers.FORWARDED_FOR, "192.0.2.99", "User-Agent", "Wanda's browser"};
            assertThat(service.post(
                                    "auth/login",
                                    null,
                                    Map.of("username", "WANDA-w", "password", "wrong password"),
                                    from)
                            .status())
                    .isEqualTo(401);
            var login = service.post(
                            "auth/login",
                            null,
                            Map.of(
                                    "username", "WANDA-w",
                                    "password", "a long password",
                                    "refresh_token_in", "body"),
                            from)
                    .json();
            var again = service.post(
                            "auth/refresh",
                            null,
                            Map.of("refresh_token", login.get("refresh_token").asString()),
                            from)
                    .json();
            var own = again.get("access_token").asString();

            assertThat(service.get("auth/me", own).json().get("email").asString())
                    .isEqualTo("wanda@example.org");
            var session = service.get("auth/sessions", own).json().get("data").get(0);
            assertThat(session.get("ip").asString()).isEqualTo("192.0.2.99");
            assertThat(session.get("user_agent").asString()).isEqualTo("Wanda's browser");
            assertThat(service.post("users", admin, Map.of("username", "Wanda-W", "password", "a long password"))
                            .status())
                    .isEqualTo(409);
            assertThat(tables(service.jdbc())).noneMatch(SealedIdentityIT::tells);

            service.jdbc().update("delete from identity.person_key where subject = ?", person);

            assertThat(service.get("auth/me", own).json().get("email").asString())
                    .isEqualTo("erased");
            assertThat(service.get("auth/sessions", own)
                            .json()
                            .get("data")
                            .get(0)
                            .get("ip")
                            .asString())
                    .isEqualTo("erased");
        }
    }

    @Test
    void whatWasThereBeforeIsSealedByTheUpgrade() {
        var url = PostgresServer.shared().newDatabase();
        var parsed = DatabaseUrl.parse(url);
        var dataSource = new DriverManagerDataSource(parsed.jdbcUrl(), parsed.user(), parsed.password());
        Flyway.configure()
                .dataSource(dataSource)
                .schemas("events", "identity")
                .defaultSchema("events")
                .table("command_service_history")
                .locations("classpath:db/migration")
                .target("8")
                .load()
                .migrate();
        var before = new JdbcTemplate(dataSource);
        before.update("""
                insert into identity.account (user_id, username, username_key, email, display_name, role, active)
                values ('usr_1', 'Wanda', 'wanda', 'wanda@example.org', '万达', 'admin', true)""");
        before.update("insert into identity.claim (kind, name, owner_id) values ('user', 'wanda', 'usr_1')");
        before.update(
                "insert into identity.credential (user_id, password_hash) values ('usr_1', ?)",
                new Argon2PasswordEncoder(16, 32, 1, 19_456, 2).encode("a long password"));
        before.update("""
                insert into identity.session
                    (session_id, user_id, ip, user_agent, opened_at, used_at, access_until, expires_at)
                values ('ses_1', 'usr_1', '198.51.100.7', 'old-browser', now(), now(), now(), now() + interval '1 day')""");
        assertThat(tables(before)).filteredOn(SealedIdentityIT::tells).hasSize(3);

        try (var service = Service.start(Map.of("DATABASE_URL", url))) {
            var own = service.login("wanda", "a long password");

            assertThat(service.get("auth/me", own).json().get("display_name").asString())
                    .isEqualTo("万达");
            assertThat(service.get("auth/sessions", own).json().get("data").toString())
                    .contains("198.51.100.7", "old-browser");
            assertThat(service.post("users", own, Map.of("username", "WANDA", "password", "a long password"))
                            .status())
                    .isEqualTo(409);
            assertThat(tables(service.jdbc())).noneMatch(SealedIdentityIT::tells);
        }
    }

    private static boolean tells(String row) {
        return TELLING.stream().anyMatch(row::contains);
    }

    /** Every row of every table of the write side, as text. */
    private static List<String> tables(JdbcTemplate jdbc) {
        var rows = new ArrayList<String>();
        for (var table : jdbc.queryForList(
                "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('events', 'identity')",
                String.class)) {
            // Bytes are JSON here: shown as text.
            rows.addAll(jdbc.query("select t.* from " + table + " t", (row, _) -> {
                var text = new StringBuilder(table);
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    var value = row.getObject(i);
                    text.append(' ').append(value instanceof byte[] bytes ? new String(bytes, UTF_8) : value);
                }
                return text.toString();
            }));
        }
        return rows;
    }
}
