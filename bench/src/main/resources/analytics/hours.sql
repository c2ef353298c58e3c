with row as materialized (
    select date_trunc('hour', at, 'UTC') as hour, series_id, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens, cost,
           readmodel.histogram_bucket(latency_ms)::bigint as latency,
           case when ttft_ms >= 0 then 65536 + readmodel.histogram_bucket(ttft_ms)::bigint end as ttft
    from readmodel.usage_request where at >= ? and at < ?
), measured as (
    select hour, series_id, array_agg(place << 40 | count order by place) as measured
    from (select hour, series_id, place, count(*) as count from row, lateral (values (latency), (ttft)) as m (place)
          where place is not null group by 1, 2, 3) c
    group by 1, 2
)
insert into readmodel.usage_hourly
select hour, series_id, h.requests, h.prompt_tokens, h.completion_tokens, h.cached_tokens, h.reasoning_tokens, h.cost, m.measured
from (
    select hour, series_id, count(*) as requests, sum(prompt_tokens) as prompt_tokens, sum(completion_tokens) as completion_tokens,
           sum(cached_tokens) as cached_tokens, sum(reasoning_tokens) as reasoning_tokens, trim_scale(sum(cost)) as cost
    from row group by 1, 2
) h join measured m using (hour, series_id) order by 1, 2
