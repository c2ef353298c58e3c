-- Stores a batch of usage records (a JSON array) and adds what was really inserted to the roll-ups: a record that is
-- already there adds nothing. Rows are touched in key order so that two instances cannot deadlock.
with record as materialized (
    select *, readmodel.usage_series_id(model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency)
               as series_id,
           readmodel.usage_manner_id(served_model, upstream_model, stream, status, error_code, tokens_estimated, attempts, cache_hit,
               metadata, gateway) as manner_id,
           readmodel.usage_hash(readmodel.netstring(ip) || readmodel.netstring(user_agent)) as origin_id,
           readmodel.request_key(request_id) as request_key,
           case when request_id ~ '^req_[0-7][0-9a-hjkmnp-tv-z]{25}$' then null else request_id end as odd_id
    from jsonb_to_recordset(cast(:records as jsonb)) as r(
        request_id text, at timestamptz, user_id text, team_id text, api_key_id text, endpoint text, model text,
        served_model text, deployment text, provider_id text, upstream_model text, stream boolean, outcome text,
        status int, error_code text, prompt_tokens bigint, completion_tokens bigint, cached_tokens bigint,
        reasoning_tokens bigint, tokens_estimated boolean, cost numeric, currency text, latency_ms bigint,
        ttft_ms bigint, attempts int, trail jsonb, cache_hit boolean, metadata jsonb, ip text, user_agent text,
        gateway text)
), series as (
    insert into readmodel.usage_series (
        series_id, model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency)
    select distinct on (series_id)
           series_id, model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency
    from record order by series_id
    on conflict (series_id) do nothing
), manner as (
    insert into readmodel.usage_manner (
        manner_id, served_model, upstream_model, stream, status, error_code, tokens_estimated, attempts, cache_hit, metadata, gateway)
    select distinct on (manner_id)
           manner_id, served_model, upstream_model, stream, status, error_code, tokens_estimated, attempts, cache_hit, metadata, gateway
    from record order by manner_id
    on conflict (manner_id) do nothing
), origin as (
    insert into readmodel.usage_origin (origin_id, ip, user_agent)
    select distinct on (origin_id) origin_id, ip, user_agent from record order by origin_id
    on conflict (origin_id) do nothing
), inserted as (
    insert into readmodel.usage_request (
        at, series_id, manner_id, origin_id, request_id, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens, latency_ms,
        ttft_ms, cost, rest)
    select at, series_id, manner_id, origin_id, request_key, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens,
           latency_ms, coalesce(ttft_ms, -1), trim_scale(cost),
           case when odd_id is null and trail is null then ''
                else (case when odd_id is null then '{}' else jsonb_build_object('id', odd_id) end
                      || case when trail is null then '{}' else jsonb_build_object('trail', trail) end)::text end
    from record order by at, request_key
    on conflict (at, request_id) do nothing
    returning *, date_trunc('hour', at, 'UTC') as hour
), measured as (
    select hour, series_id, array_agg(place << 40 | count order by place) as measured
    from (select hour, series_id, place, count(*) as count
          from inserted, lateral (values (readmodel.histogram_bucket(latency_ms)::bigint),
                                         (case when ttft_ms >= 0 then 65536 + readmodel.histogram_bucket(ttft_ms) end)) as m (place)
          where place is not null group by 1, 2, 3) c
    group by 1, 2
), hourly as (
    insert into readmodel.usage_hourly as h
    select hour, series_id, count(*), sum(prompt_tokens), sum(completion_tokens), sum(cached_tokens),
           sum(reasoning_tokens), trim_scale(sum(cost)), (select measured from measured m
                where m.hour = i.hour and m.series_id = i.series_id)
    from inserted i group by hour, series_id order by hour, series_id
    on conflict (hour, series_id) do update set
        requests = h.requests + excluded.requests,
        prompt_tokens = h.prompt_tokens + excluded.prompt_tokens,
        completion_tokens = h.completion_tokens + excluded.completion_tokens,
        cached_tokens = h.cached_tokens + excluded.cached_tokens,
        reasoning_tokens = h.reasoning_tokens + excluded.reasoning_tokens,
        cost = trim_scale(h.cost + excluded.cost),
        measured = (select array_agg(place << 40 | count order by place)
                    from (select m >> 40 as place, sum(m & 1099511627775)::bigint as count
                          from unnest(h.measured || excluded.measured) as m group by 1) c)
), last_used as (
    insert into readmodel.api_key_last_used as k
    select s.api_key_id, max(i.at) from inserted i join record s on s.request_key = i.request_id and s.at = i.at
    where s.api_key_id is not null group by s.api_key_id order by 1
    on conflict (api_key_id) do update set at = greatest(k.at, excluded.at)
)
select count(*) from inserted
