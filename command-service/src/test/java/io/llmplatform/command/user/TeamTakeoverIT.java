package io.llmplatform.command.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.settings.DatabaseUrl;
import io.llmplatform.testkit.PostgresServer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Who was in a team before the write side kept that itself is in it after the upgrade. */
class TeamTakeoverIT {
    private final DatabaseUrl url = DatabaseUrl.parse(PostgresServer.shared().newDatabase());
    private final DriverManagerDataSource dataSource =
            new DriverManagerDataSource(url.jdbcUrl(), url.user(), url.password());
    private final JdbcClient jdbc = JdbcClient.create(dataSource);

    @Test
    void theTeamIsTakenFromTheLastEventThatTellsIt() {
        migrate("3");
        person("usr_created", "{\"user_id\":\"u\",\"details\":{\"role\":\"member\",\"team_id\":\"team_1\"}}");
        person(
                "usr_moved",
                "{\"details\":{\"role\":\"member\",\"team_id\":\"team_1\"}}",
                "{\"before\":{\"role\":\"member\",\"team_id\":\"team_1\"},\"after\":{\"role\":\"member\",\"team_id\":\"团队\"}}");
        person(
                "usr_left",
                "{\"details\":{\"role\":\"member\",\"team_id\":\"team_1\"}}",
                "{\"before\":{\"role\":\"member\",\"team_id\":\"team_1\"},\"after\":{\"role\":\"member\"}}");
        person("usr_alone", "{\"details\":{\"role\":\"member\"}}");

        migrate("latest");

        assertThat(jdbc.sql("select user_id || ' ' || coalesce(team_id, 'none') from identity.account order by user_id")
                        .query(String.class)
                        .list())
                .containsExactly("usr_alone none", "usr_created team_1", "usr_left none", "usr_moved 团队");
    }

    /** @param events the data of UserCreated and of UserEdited */
    private void person(String id, String... events) {
        jdbc.sql(
                        "insert into identity.account (user_id, username, username_key, role, active) values (?, ?, ?, ?, true)")
                .params(id, id, id, "member")
                .update();
        for (int sequence = 0; sequence < events.length; sequence++) {
            jdbc.sql("""
                            insert into events.domain_event
                                (id, aggregate_type, aggregate_id, sequence, at, type, revision, payload, metadata)
                            values (?, 'user', ?, ?, '2026-11-23T08:00:00Z', ?, '1', convert_to(?, 'UTF8'), '')""")
                    .params(
                            id + sequence,
                            id,
                            sequence,
                            sequence == 0 ? "user.UserCreated" : "user.UserEdited",
                            events[sequence])
                    .update();
        }
    }

    private void migrate(String version) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas("events", "identity")
                .defaultSchema("events")
                .table("command_service_history")
                .locations("classpath:db/migration")
                .target(version)
                .load()
                .migrate();
    }
}
