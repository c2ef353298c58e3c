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

    @Test
    void narrowRequestsSayWhatWideOnesSaid() {
        migrate("30");
        jdbc.sql(
                        "select readmodel.ensure_usage_partition(m) from unnest(array[date '2026-10-01', date '2026-11-01']) as m")
                .query((row, n) -> n)
                .list();
        jdbc.sql("""
                        insert into readmodel.usage_request (
                            request_id, at, user_id, team_id, api_key_id, endpoint, model, served_model, deployment, provider_id,
                            upstream_model, stream, outcome, status, error_code, prompt_tokens, completion_tokens, cached_tokens,
                            reasoning_tokens, tokens_estimated, cost, currency, latency_ms, ttft_ms, attempts, trail, cache_hit,
                            metadata, ip, user_agent, gateway)
                        select case when n % 3 = 0 then 'req_01m84n5qxmmszhhwdgymtd64' || lpad(n::text, 2, '0') else 'other_' || n end,
                               timestamptz '2026-10-30 10:00:00.123456Z' + n * interval '1 hour', nullif('usr_' || n % 3, 'usr_0'),
                               nullif('', ''), nullif('key_' || n % 4, 'key_0'), 'chat.completions', nullif('模型 ' || n % 5, '模型 0'),
                               case when n % 7 = 0 then 'm2' end, 'dep_1', 'prv_1', nullif('up', case when n % 2 = 0 then 'up' end),
                               n % 2 = 0, 'completed', 200, case when n % 5 = 0 then 'odd' end, n, 5, 0, 1, n % 2 = 0, 0.5 + n, 'USD',
                               100 + n, nullif(n, 3), 1, case when n % 6 = 0 then '[{"ms": 7, "result": "ok", "deployment": "d"}]'::jsonb end,
                               case when n % 4 = 0 then n % 8 = 0 end,
                               case n % 9 when 0 then '{}' when 1 then '{"a": "1", "B": "模"}' end::jsonb,
                               nullif('10.0.0.' || n % 2, '10.0.0.0'), 'agent', 'gw'
                        from generate_series(1, 80) as n""").update();
        jdbc.sql("""
                        insert into readmodel.usage_series (
                            series_id, model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency)
                        select distinct on (1) readmodel.usage_series_id(
                            model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency),
                            model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency
                        from readmodel.usage_request""").update();
        jdbc.sql("""
                        with hourly as (
                            insert into readmodel.usage_hourly
                            select '2026-10-30 10:00Z', series_id, 2, 3, 4, 0, 0, 0.5 from readmodel.usage_series)
                        insert into readmodel.usage_hourly_histogram
                        select '2026-10-30 10:00Z', series_id, metric, bucket, 2
                        from readmodel.usage_series, (values ('latency', 9), ('latency', 4), ('ttft', 1)) as h (metric, bucket)""").update();
        var before = requests("readmodel.usage_request");

        migrate("31");

        assertThat(requests("readmodel.usage_requests()")).hasSize(80).isEqualTo(before);
        assertThat(jdbc.sql("""
                        select distinct requests || ' ' || cost || ' ' || (
                            select string_agg((m >> 40) || ':' || (m & 1099511627775), ' ' order by n)
                            from unnest(measured) with ordinality as u (m, n))
                        from readmodel.usage_hourly join readmodel.usage_series using (series_id)
                        where series_id = readmodel.usage_series_id(
                            model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency)""").query(String.class).list()).containsExactly("2 0.5 4:2 9:2 65537:2");
        assertThat(jdbc.sql("""
                        select count(*) from readmodel.usage_requests() r
                        where r.series_id <> readmodel.usage_series_id(
                              model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency)
                           or request_key <> readmodel.request_key(request_id)""").query(Long.class).single()).isZero();
    }

    private List<String> requests(String from) {
        return jdbc.sql("""
                        select to_jsonb(r)::text from (
                            select request_id, at, user_id, team_id, api_key_id, endpoint, model, served_model, deployment, provider_id,
                                   upstream_model, stream, outcome, status, error_code, prompt_tokens, completion_tokens, cached_tokens,
                                   reasoning_tokens, tokens_estimated, cost, currency, latency_ms, ttft_ms, attempts, trail, cache_hit,
                                   metadata, ip, user_agent, gateway
                            from %s) as r order by request_id collate "C\"""".formatted(from)).query(String.class).list();
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
