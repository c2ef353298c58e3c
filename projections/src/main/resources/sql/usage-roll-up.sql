-- Adds a batch to the dictionaries and roll-ups. It comes added up and as arrays: series by series, manner by manner, slot by slot
-- (an hour of a series).
with known_series as (
    insert into usage_series (
        series_id, model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency)
    select * from unnest(
        cast(:series_ids as bigint[]), cast(:models as text[]), cast(:deployments as text[]), cast(:providers as text[]),
        cast(:api_keys as text[]), cast(:users as text[]), cast(:teams as text[]), cast(:endpoints as text[]),
        cast(:outcomes as text[]), cast(:currencies as text[])
    ) as s (series_id, model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency)
    order by series_id
    on conflict (series_id) do nothing
), known_manners as (
    insert into usage_manner (
        manner_id, served_model, upstream_model, stream, status, error_code, tokens_estimated, attempts, cache_hit, metadata, gateway)
    select manner_id, served_model, upstream_model, stream::boolean, status, error_code, estimated::boolean, attempts,
           cache_hit::boolean, metadata::jsonb, gateway
    from unnest(
        cast(:manner_ids as bigint[]), cast(:served_models as text[]), cast(:upstream_models as text[]), cast(:streams as text[]),
        cast(:statuses as bigint[]), cast(:error_codes as text[]), cast(:estimated as text[]), cast(:attempts as bigint[]),
        cast(:cache_hits as text[]), cast(:metadata as text[]), cast(:gateways as text[])
    ) as m (manner_id, served_model, upstream_model, stream, status, error_code, estimated, attempts, cache_hit, metadata, gateway)
    order by manner_id
    on conflict (manner_id) do nothing
), known_origins as (
    insert into usage_origin (origin_id, ip, user_agent)
    select * from unnest(cast(:origin_ids as bigint[]), cast(:ips as text[]), cast(:user_agents as text[])) as o (origin_id, ip, user_agent)
    order by origin_id
    on conflict (origin_id) do nothing
), hourly as (
    insert into usage_hourly as h
    select to_timestamp(hour), series, requests, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens, cost::numeric,
           measured::bigint[]
    from unnest(
        cast(:hours as bigint[]), cast(:series as bigint[]), cast(:requests as bigint[]), cast(:prompts as bigint[]),
        cast(:completions as bigint[]), cast(:cached as bigint[]), cast(:reasoning as bigint[]), cast(:costs as text[]),
        cast(:measured as text[])
    ) as a (hour, series, requests, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens, cost, measured)
    order by 1, 2
    on conflict (hour, series_id) do update set
        requests = h.requests + excluded.requests,
        prompt_tokens = h.prompt_tokens + excluded.prompt_tokens,
        completion_tokens = h.completion_tokens + excluded.completion_tokens,
        cached_tokens = h.cached_tokens + excluded.cached_tokens,
        reasoning_tokens = h.reasoning_tokens + excluded.reasoning_tokens,
        cost = trim_scale(h.cost + excluded.cost),
        measured = (
            select array_agg(place << 40 | count order by place)
            from (select m >> 40 as place, sum(m & 1099511627775)::bigint as count
                  from unnest(h.measured || excluded.measured) as m group by 1) c)
), last_used as (
    insert into api_key_last_used as k
    select key, at::timestamptz from unnest(cast(:used_keys as text[]), cast(:used_at as text[])) as a (key, at)
    order by 1
    on conflict (api_key_id) do update set at = greatest(k.at, excluded.at)
)
select cardinality(cast(:hours as bigint[]))::bigint
