-- Adds a batch to the roll-ups. It comes added up and as arrays: series by series, slot by slot (an hour of a series; series
-- are told by their place in the first arrays), bucket by bucket (slots are told by their place, 65536 is added for ttft).
with series as materialized (
    select n, readmodel.usage_series_id(model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency)
        as series_id, model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency
    from unnest(
        cast(:models as text[]), cast(:deployments as text[]), cast(:providers as text[]), cast(:api_keys as text[]),
        cast(:users as text[]), cast(:teams as text[]), cast(:endpoints as text[]), cast(:outcomes as text[]), cast(:currencies as text[])
    ) with ordinality as s (model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency, n)
), ids as materialized (
    select array_agg(series_id order by n) as of from series
), slot as materialized (
    select cast(:hours as bigint[]) as hours, cast(:series as int[]) as series
), known as (
    insert into usage_series (
        series_id, model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency)
    select series_id, model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency
    from series order by series_id
    on conflict (series_id) do nothing
), hourly as (
    insert into usage_hourly as h
    select to_timestamp(hour), (select of from ids)[series], requests, prompt_tokens, completion_tokens, cached_tokens,
           reasoning_tokens, cost::numeric
    from unnest(
        cast(:hours as bigint[]), cast(:series as int[]), cast(:requests as bigint[]), cast(:prompts as bigint[]),
        cast(:completions as bigint[]), cast(:cached as bigint[]), cast(:reasoning as bigint[]), cast(:costs as text[])
    ) as a (hour, series, requests, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens, cost)
    order by 1, 2
    on conflict (hour, series_id) do update set
        requests = h.requests + excluded.requests,
        prompt_tokens = h.prompt_tokens + excluded.prompt_tokens,
        completion_tokens = h.completion_tokens + excluded.completion_tokens,
        cached_tokens = h.cached_tokens + excluded.cached_tokens,
        reasoning_tokens = h.reasoning_tokens + excluded.reasoning_tokens,
        cost = trim_scale(h.cost + excluded.cost)
), histogram as (
    insert into usage_hourly_histogram as h
    select to_timestamp((select hours from slot)[at]), (select of from ids)[(select series from slot)[at]],
           case when bucket < 65536 then 'latency' else 'ttft' end, (bucket & 65535)::smallint, count
    from unnest(cast(:bucket_slots as int[]), cast(:buckets as int[]), cast(:bucket_counts as int[])) as a (at, bucket, count)
    order by 1, 2, 3, 4
    on conflict (hour, series_id, metric, bucket) do update set count = h.count + excluded.count
), last_used as (
    insert into api_key_last_used as k
    select key, at::timestamptz from unnest(cast(:used_keys as text[]), cast(:used_at as text[])) as a (key, at)
    order by 1
    on conflict (api_key_id) do update set at = greatest(k.at, excluded.at)
)
select count(*) from series
