-- Adds up one day: by series, by each dimension alone, and for whoever prices requests again.
with hourly as materialized (
    select * from usage_hourly where hour >= :from and hour < :to
), counted as materialized (
    select series_id, m >> 40 as place, sum(m & 1099511627775)::bigint as count
    from hourly, unnest(measured) as m
    group by 1, 2
), series as materialized (
    select * from usage_series where series_id in (select series_id from hourly)
), marginal as materialized (
    select series_id, dimension, key, outcome, currency,
           -- Numbers, because most of the work is grouping by them.
           dense_rank() over (order by dimension, key, outcome, currency) as cell,
           dense_rank() over (order by dimension, key, outcome) as curve
    from (select s.series_id, s.outcome, s.currency, d.dimension, coalesce(d.key, '') as key
          from series s, lateral (values
              ('', ''), ('model', s.model), ('deployment', s.deployment), ('provider_id', s.provider_id),
              ('api_key_id', s.api_key_id), ('user_id', s.user_id), ('team_id', s.team_id), ('endpoint', s.endpoint)
          ) as d (dimension, key)) m
), cell as materialized (
    select distinct cell, dimension, key, outcome, currency from marginal
), curve as materialized (
    select distinct curve, dimension, key, outcome from marginal
), by_hour as (
    insert into usage_hourly_by
    select h.hour, c.dimension, c.key, c.outcome, c.currency, h.requests, h.prompt_tokens, h.completion_tokens, h.cached_tokens,
           h.reasoning_tokens, trim_scale(h.cost)
    from (select m.cell, h.hour, sum(h.requests) as requests, sum(h.prompt_tokens) as prompt_tokens,
                 sum(h.completion_tokens) as completion_tokens, sum(h.cached_tokens) as cached_tokens,
                 sum(h.reasoning_tokens) as reasoning_tokens, sum(h.cost) as cost
          from hourly h join marginal m using (series_id) group by 1, 2) h
    join cell c using (cell) order by h.cell, h.hour
), series_sum as materialized (
    select series_id, sum(requests) as requests, sum(prompt_tokens) as prompt_tokens,
           sum(completion_tokens) as completion_tokens, sum(cached_tokens) as cached_tokens,
           sum(reasoning_tokens) as reasoning_tokens, sum(cost) as cost
    from hourly group by series_id
), by_series as (
    insert into usage_daily
    select cast(:day as date), series_id, requests, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens,
           trim_scale(cost)
    from series_sum order by series_id
), series_histogram as (
    insert into usage_daily_histogram
    select cast(:day as date), series_id, array_agg(place << 40 | count order by place)
    from counted group by series_id order by series_id
), by_key as (
    insert into usage_daily_by
    select cast(:day as date), c.dimension, c.key, c.outcome, c.currency, s.requests, s.prompt_tokens, s.completion_tokens,
           s.cached_tokens, s.reasoning_tokens, trim_scale(s.cost)
    from (select m.cell, sum(s.requests) as requests, sum(s.prompt_tokens) as prompt_tokens,
                 sum(s.completion_tokens) as completion_tokens, sum(s.cached_tokens) as cached_tokens,
                 sum(s.reasoning_tokens) as reasoning_tokens, sum(s.cost) as cost
          from series_sum s join marginal m using (series_id) group by 1) s
    join cell c using (cell) order by s.cell
), key_histogram as (
    insert into usage_daily_by_histogram
    select cast(:day as date), k.dimension, k.key, k.outcome, c.measured
    from (select curve, array_agg(place << 40 | count order by place) as measured
          from (select m.curve, c.place, sum(c.count)::bigint as count
                from counted c join marginal m using (series_id) group by 1, 2) c
          group by curve) c
    join curve k using (curve) order by c.curve
), priced as (
    insert into usage_hourly_priced
    select date_trunc('hour', at, 'UTC') as hour, model, coalesce(served_model, model) as billed_model, currency, cost = 0 as free,
           endpoint <> 'messages.count_tokens' and (outcome = 'completed' or completion_tokens > 0) as answered,
           count(*), sum(prompt_tokens), sum(completion_tokens), sum(least(cached_tokens, prompt_tokens)),
           sum(least(reasoning_tokens, completion_tokens)), trim_scale(sum(cost)), max(at + latency_ms * interval '1 ms')
    from usage_request join usage_series using (series_id) join usage_manner using (manner_id)
    where at >= :from and at < :to and cache_hit is not true and coalesce(served_model, model) is not null
    group by 1, 2, 3, 4, 5, 6 order by 1
)
insert into usage_day values (cast(:day as date))
