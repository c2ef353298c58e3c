-- Adds up the minutes of one hour from its requests, by each dimension alone.
with series_sum as materialized (
    select date_trunc('minute', at, 'UTC') as minute, series_id, count(*) as requests, sum(prompt_tokens) as prompt_tokens,
           sum(completion_tokens) as completion_tokens, sum(cached_tokens) as cached_tokens,
           sum(reasoning_tokens) as reasoning_tokens, sum(cost) as cost
    from usage_request where at >= :from and at < :to group by 1, 2
), by_minute as (
    insert into usage_minutely_by
    select r.minute, d.dimension, coalesce(d.key, ''), s.outcome, s.currency, sum(r.requests), sum(r.prompt_tokens),
           sum(r.completion_tokens), sum(r.cached_tokens), sum(r.reasoning_tokens), trim_scale(sum(r.cost))
    from series_sum r join usage_series s using (series_id), lateral (values
        ('', ''), ('model', s.model), ('deployment', s.deployment), ('provider_id', s.provider_id),
        ('api_key_id', s.api_key_id), ('user_id', s.user_id), ('team_id', s.team_id), ('endpoint', s.endpoint)
    ) as d (dimension, key)
    group by 1, 2, 3, 4, 5 order by 2, 3, 1
)
insert into usage_minutes values (:from)
