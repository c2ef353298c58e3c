-- Stores a batch of usage records (a JSON array) and adds what was really inserted to the roll-ups: a record that is
-- already there adds nothing. Rows are touched in key order so that two instances cannot deadlock.
with record as (
    select * from jsonb_to_recordset(cast(:records as jsonb)) as r(
        request_id text, at timestamptz, user_id text, team_id text, api_key_id text, endpoint text, model text,
        served_model text, deployment text, provider_id text, upstream_model text, stream boolean, outcome text,
        status int, error_code text, prompt_tokens bigint, completion_tokens bigint, cached_tokens bigint,
        reasoning_tokens bigint, tokens_estimated boolean, cost numeric, currency text, latency_ms bigint,
        ttft_ms bigint, attempts int, trail jsonb, cache_hit boolean, metadata jsonb, ip text, user_agent text,
        gateway text)
), inserted as (
    insert into readmodel.usage_request (
        request_id, at, user_id, team_id, api_key_id, endpoint, model, served_model, deployment, provider_id,
        upstream_model, stream, outcome, status, error_code, prompt_tokens, completion_tokens, cached_tokens,
        reasoning_tokens, tokens_estimated, cost, currency, latency_ms, ttft_ms, attempts, trail, cache_hit, metadata,
        ip, user_agent, gateway)
    select request_id, at, user_id, team_id, api_key_id, endpoint, model, served_model, deployment, provider_id,
           upstream_model, stream, outcome, status, error_code, prompt_tokens, completion_tokens, cached_tokens,
           reasoning_tokens, tokens_estimated, trim_scale(cost), currency, latency_ms, ttft_ms, attempts, trail,
           cache_hit, metadata, ip, user_agent, gateway
    from record order by request_id, at
    on conflict (request_id, at) do nothing
    returning *,
        date_trunc('hour', at, 'UTC') as hour,
        readmodel.usage_series_id(model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency)
            as series_id
), series as (
    insert into readmodel.usage_series (
        series_id, model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency)
    select distinct on (series_id)
           series_id, model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency
    from inserted order by series_id
    on conflict (series_id) do nothing
), hourly as (
    insert into readmodel.usage_hourly as h
    select hour, series_id, count(*), sum(prompt_tokens), sum(completion_tokens), sum(cached_tokens),
           sum(reasoning_tokens), trim_scale(sum(cost))
    from inserted group by hour, series_id order by hour, series_id
    on conflict (hour, series_id) do update set
        requests = h.requests + excluded.requests,
        prompt_tokens = h.prompt_tokens + excluded.prompt_tokens,
        completion_tokens = h.completion_tokens + excluded.completion_tokens,
        cached_tokens = h.cached_tokens + excluded.cached_tokens,
        reasoning_tokens = h.reasoning_tokens + excluded.reasoning_tokens,
        cost = trim_scale(h.cost + excluded.cost)
), measured as (
    select hour, series_id, 'latency' as metric, readmodel.histogram_bucket(latency_ms) as bucket from inserted
    union all
    select hour, series_id, 'ttft', readmodel.histogram_bucket(ttft_ms) from inserted where ttft_ms is not null
), histogram as (
    insert into readmodel.usage_hourly_histogram as h
    select hour, series_id, metric, bucket, count(*)
    from measured group by hour, series_id, metric, bucket order by hour, series_id, metric, bucket
    on conflict (hour, series_id, metric, bucket) do update set count = h.count + excluded.count
), last_used as (
    insert into readmodel.api_key_last_used as k
    select api_key_id, max(at) from inserted where api_key_id is not null group by api_key_id order by api_key_id
    on conflict (api_key_id) do update set at = greatest(k.at, excluded.at)
)
select count(*) from inserted
