with row as materialized (
    select date_trunc('hour', r.at, 'UTC') as hour, s.series_id, r.prompt_tokens, r.completion_tokens, r.cached_tokens,
           r.reasoning_tokens, r.cost, r.latency_ms, r.ttft_ms
    from readmodel.usage_request r
    join readmodel.usage_series s on s.deployment = r.deployment and s.user_id = r.user_id and s.outcome = r.outcome
        and s.api_key_id is not distinct from r.api_key_id
    where r.at >= ? and r.at < ?
), hourly as (
    insert into readmodel.usage_hourly
    select hour, series_id, count(*), sum(prompt_tokens), sum(completion_tokens), sum(cached_tokens), sum(reasoning_tokens),
           trim_scale(sum(cost))
    from row group by hour, series_id order by 1, 2
)
insert into readmodel.usage_hourly_histogram
select hour, series_id, metric, readmodel.histogram_bucket(ms), count(*)
from row, lateral (values ('latency', latency_ms), ('ttft', ttft_ms)) as measured (metric, ms)
where ms is not null group by 1, 2, 3, 4 order by 1, 2, 3, 4
