-- Adds up one day: by series, and by each dimension alone.
with hourly as materialized (
    select * from usage_hourly where hour >= :from and hour < :to
), counted as materialized (
    select series_id, metric, bucket, sum(count)::bigint as count
    from usage_hourly_histogram where hour >= :from and hour < :to
    group by series_id, metric, bucket
), series as materialized (
    select * from usage_series where series_id in (select series_id from hourly)
), marginal as materialized (
    select s.series_id, s.outcome, s.currency, d.dimension, coalesce(d.key, '') as key
    from series s, lateral (values
        ('', ''), ('model', s.model), ('deployment', s.deployment), ('provider_id', s.provider_id),
        ('api_key_id', s.api_key_id), ('user_id', s.user_id), ('team_id', s.team_id), ('endpoint', s.endpoint)
    ) as d (dimension, key)
), by_hour as (
    insert into usage_hourly_by
    select h.hour, m.dimension, m.key, m.outcome, m.currency, sum(h.requests), sum(h.prompt_tokens), sum(h.completion_tokens),
           sum(h.cached_tokens), sum(h.reasoning_tokens), trim_scale(sum(h.cost))
    from hourly h join marginal m using (series_id)
    group by 1, 2, 3, 4, 5 order by 2, 3, 1
), series_histogram as (
    select series_id,
           array_agg(bucket order by bucket) filter (where metric = 'latency') as latency_buckets,
           array_agg(count order by bucket) filter (where metric = 'latency') as latency_counts,
           array_agg(bucket order by bucket) filter (where metric = 'ttft') as ttft_buckets,
           array_agg(count order by bucket) filter (where metric = 'ttft') as ttft_counts
    from counted group by series_id
), series_sum as (
    select series_id, sum(requests) as requests, sum(prompt_tokens) as prompt_tokens,
           sum(completion_tokens) as completion_tokens, sum(cached_tokens) as cached_tokens,
           sum(reasoning_tokens) as reasoning_tokens, sum(cost) as cost
    from hourly group by series_id
), by_series as (
    insert into usage_daily
    select cast(:day as date), series_id, s.requests, s.prompt_tokens, s.completion_tokens, s.cached_tokens, s.reasoning_tokens,
           trim_scale(s.cost), coalesce(h.latency_buckets, '{}'), coalesce(h.latency_counts, '{}'),
           coalesce(h.ttft_buckets, '{}'), coalesce(h.ttft_counts, '{}')
    from series_sum s left join series_histogram h using (series_id) order by series_id
), key_counted as (
    select m.dimension, m.key, m.outcome, m.currency, c.metric, c.bucket, sum(c.count)::bigint as count
    from counted c join marginal m using (series_id)
    group by 1, 2, 3, 4, 5, 6
), key_histogram as (
    select dimension, key, outcome, currency,
           array_agg(bucket order by bucket) filter (where metric = 'latency') as latency_buckets,
           array_agg(count order by bucket) filter (where metric = 'latency') as latency_counts,
           array_agg(bucket order by bucket) filter (where metric = 'ttft') as ttft_buckets,
           array_agg(count order by bucket) filter (where metric = 'ttft') as ttft_counts
    from key_counted group by 1, 2, 3, 4
), key_sum as (
    select m.dimension, m.key, m.outcome, m.currency, sum(s.requests) as requests, sum(s.prompt_tokens) as prompt_tokens,
           sum(s.completion_tokens) as completion_tokens, sum(s.cached_tokens) as cached_tokens,
           sum(s.reasoning_tokens) as reasoning_tokens, sum(s.cost) as cost
    from series_sum s join marginal m using (series_id) group by 1, 2, 3, 4
), by_key as (
    insert into usage_daily_by
    select cast(:day as date), s.dimension, s.key, s.outcome, s.currency, s.requests, s.prompt_tokens, s.completion_tokens,
           s.cached_tokens, s.reasoning_tokens, trim_scale(s.cost), coalesce(h.latency_buckets, '{}'),
           coalesce(h.latency_counts, '{}'), coalesce(h.ttft_buckets, '{}'), coalesce(h.ttft_counts, '{}')
    from key_sum s left join key_histogram h using (dimension, key, outcome, currency) order by 2, 3
)
insert into usage_day values (cast(:day as date))
