package io.llmplatform.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.settings.DatabaseUrl;
import io.llmplatform.testkit.PostgresServer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What an installation has gathered is there after an upgrade, and adds up. */
class MigrationIT {
    @Test
    void rollUpsFromBeforeTeamsAreMadeAnewFromTheRows() {
        var postgres = PostgresServer.shared();
        var url = DatabaseUrl.parse(postgres.urlFor(postgres.newDatabase(), "projections"));
        var dataSource = new DriverManagerDataSource(url.jdbcUrl(), url.user(), "");
        var jdbc = JdbcClient.create(dataSource);
        migrate(dataSource, "3");
        jdbc.sql("select readmodel.ensure_usage_partition('2026-11-01')")
                .query((row, n) -> n)
                .list();
        jdbc.sql("""
                        insert into readmodel.usage_request
                        select 'req_' || n, timestamptz '2026-11-20 10:00:00Z' + n * interval '10 minutes', 'usr_1', 'key_1',
                               'chat.completions', 'm' || n % 2, 'dep_1', 'prv_1', 'up', false, 'completed', 200, null, 10, 5, 0, 0,
                               false, 0.5, 'USD', 100 + n, nullif(n, 3), 1, null, null, 'gw'
                        from generate_series(1, 12) as n""").update();
        jdbc.sql("insert into readmodel.usage_hourly values ('2020-01-01', gen_random_uuid(), 1, 1, 1, 1, 1, 1)")
                .update();
        jdbc.sql("insert into readmodel.users values ('usr_1', 0, 'ann', null, null, 'admin', 'active', now(), now())")
                .update();

        migrate(dataSource, "4");

        assertThat(jdbc.sql("""
                        select sum(h.requests) || ' ' || sum(h.prompt_tokens) || ' ' || trim_scale(sum(h.cost)) || ' ' || count(distinct s.model)
                        from readmodel.usage_hourly h join readmodel.usage_series s using (series_id)
                        where s.endpoint = 'chat.completions' and s.team_id is null""").query(String.class).single()).isEqualTo("12 120 6 2");
        assertThat(jdbc.sql("""
                        select string_agg(metric || ' ' || n, ', ' order by metric) from (
                            select metric, sum(count) as n from readmodel.usage_hourly_histogram group by metric) m""").query(String.class).single()).isEqualTo("latency 12, ttft 11");
        assertThat(jdbc.sql("select count(*) from readmodel.usage_hourly where hour < '2026-01-01'")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from readmodel.users where team_id is null and limits is null")
                        .query(Long.class)
                        .single())
                .isOne();
    }

    private static void migrate(DriverManagerDataSource dataSource, String version) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas("readmodel")
                .target(version)
                .load()
                .migrate();
    }
}
