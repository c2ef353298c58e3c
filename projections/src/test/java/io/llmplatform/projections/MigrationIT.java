package io.llmplatform.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.settings.DatabaseUrl;
import io.llmplatform.testkit.PostgresServer;
import java.sql.Types;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What an installation has gathered is there after an upgrade, and adds up. */
class MigrationIT {
    private final DriverManagerDataSource dataSource = newDatabase();
    private final JdbcClient jdbc = JdbcClient.create(dataSource);

    @Test
    void rollUpsFromBeforeTeamsAreMadeAnewFromTheRows() {
        migrate("3");
        jdbc.sql("select readmodel.ensure_usage_partition('2026-11-01')")
                .query((row, n) -> n)
                .list();
        jdbc.sql("""
                        insert into readmodel.usage_request
                        select 'req_' || n, timestamptz '2026-11-20 10:00:00Z' + n * interval '10 minutes', 'usr_1', 'key_1',
                               'chat.completions', 'm' || n % 2, 'dep_1', 'prv_1', 'up', false, 'completed', 200, null, 10, 5, 0, 0,
                               false, 0.5, 'USD', 100 + n, nullif(n, 3), 1, null, null, 'gw'
                        from generate_series(1, 12) as n""").update();
        rollUp("2026-11-20 10:00Z", "of the first row's hour, wrong");
        rollUp("2026-12-20 10:00Z", "of later, wrong");
        jdbc.sql("insert into readmodel.users values ('usr_1', 0, 'ann', null, null, 'admin', 'active', now(), now())")
                .update();

        migrate("4");

        assertThat(jdbc.sql("""
                        select sum(h.requests) || ' ' || sum(h.prompt_tokens) || ' ' || trim_scale(sum(h.cost)) || ' ' || count(distinct s.model)
                        from readmodel.usage_hourly h join readmodel.usage_series s using (series_id)
                        where s.endpoint = 'chat.completions' and s.team_id is null""").query(String.class).single()).isEqualTo("12 120 6 2");
        assertThat(jdbc.sql("""
                        select string_agg(metric || ' ' || n, ', ' order by metric) from (
                            select metric, sum(count) as n from readmodel.usage_hourly_histogram group by metric) m""").query(String.class).single()).isEqualTo("latency 12, ttft 11");
        assertThat(kept()).isEmpty();
        assertThat(jdbc.sql("select count(*) from readmodel.usage_series")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        assertThat(jdbc.sql("select count(*) from readmodel.users where team_id is null and limits is null")
                        .query(Long.class)
                        .single())
                .isOne();
    }

    @Test
    void rollUpsWhoseRowsRetentionDroppedAreKept() {
        migrate("3");
        jdbc.sql("select readmodel.ensure_usage_partition('2026-11-01')")
                .query((row, n) -> n)
                .list();
        jdbc.sql("""
                        insert into readmodel.usage_request
                        values ('req_1', '2026-11-20 10:30Z', 'usr_1', 'key_1', 'embeddings', 'old', 'dep_1', 'prv_1', 'up',
                               false, 'completed', 200, null, 10, 5, 0, 0, false, 0.5, 'USD', 100, 7, 1, null, null, 'gw')""").update();
        rollUp("2026-11-20 10:00Z", "old");
        rollUp("2026-11-20 09:00Z", "old");
        rollUp("2020-01-01 00:00Z", "old");
        rollUp("2020-01-01 00:00Z", null);

        migrate("4");

        assertThat(kept())
                .containsExactly(
                        "2020-01-01 00:00 old  100 1000 3",
                        "2020-01-01 00:00 none  100 1000 3",
                        "2026-11-20 09:00 old  100 1000 3");
        assertThat(jdbc.sql("select sum(requests) from readmodel.usage_hourly")
                        .query(Long.class)
                        .single())
                .isEqualTo(301);
        assertThat(jdbc.sql("""
                        select count(*) filter (where endpoint = '') || ' ' || count(*) filter (where endpoint = 'embeddings')
                               || ' ' || bool_and(series_id = readmodel.usage_series_id(
                                   model, deployment, api_key_id, user_id, team_id, endpoint, outcome, currency))
                        from readmodel.usage_series""").query(String.class).single()).isEqualTo("2 1 true");
    }

    @Test
    void rollUpsStayWhenNoRowsAreLeft() {
        migrate("3");
        rollUp("2026-11-20 10:00Z", "old");

        migrate("4");

        assertThat(kept()).containsExactly("2026-11-20 10:00 old  100 1000 3");
    }

    /** What version 3 kept of an hour of a model: 100 requests, and 3 latencies of them. */
    private void rollUp(String hour, @Nullable String model) {
        jdbc.sql("""
                        with series as (
                            insert into readmodel.usage_series
                            values (readmodel.usage_series_id(:model, 'dep_1', 'key_1', 'usr_1', 'completed', 'USD'),
                                    :model, 'dep_1', 'key_1', 'usr_1', 'completed', 'USD')
                            on conflict (series_id) do update set outcome = excluded.outcome returning series_id),
                        hourly as (
                            insert into readmodel.usage_hourly
                            select cast(:hour as timestamptz), series_id, 100, 1000, 1, 1, 1, 1 from series)
                        insert into readmodel.usage_hourly_histogram
                        select cast(:hour as timestamptz), series_id, 'latency', 9, 3 from series""").param("hour", hour).param("model", model, Types.VARCHAR).update();
    }

    /** Hour, model, endpoint, requests, prompt tokens and latencies of what was not made anew. */
    private List<String> kept() {
        return jdbc.sql("""
                        select to_char(hour at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' ' || coalesce(model, 'none') || ' '
                               || endpoint || ' ' || requests || ' ' || prompt_tokens || ' ' || count
                        from readmodel.usage_hourly
                            join readmodel.usage_series using (series_id)
                            join readmodel.usage_hourly_histogram using (hour, series_id)
                        where endpoint = '' and team_id is null order by hour, model""").query(String.class).list();
    }

    private static DriverManagerDataSource newDatabase() {
        var postgres = PostgresServer.shared();
        var url = DatabaseUrl.parse(postgres.urlFor(postgres.newDatabase(), "projections"));
        return new DriverManagerDataSource(url.jdbcUrl(), url.user(), "");
    }

    private void migrate(String version) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas("readmodel")
                .target(version)
                .load()
                .migrate();
    }
}
