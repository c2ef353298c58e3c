-- Buckets with their counts for each of the keys by its rank, for the rest under the rank after; the same split into months, days,
-- hours and edges as usage-slices.sql. 65536 is added to a bucket of time to first token.
with edge as (
    select coalesce(array_position(cast(:keys as text[]),
--! usage-key s
           ), cardinality(cast(:keys as text[])) + 1) as rank, r.latency_ms, r.ttft_ms
    from readmodel.usage_request r join readmodel.usage_series s using (series_id)
    where ((r.at >= :from and r.at < :first_hour) or (r.at >= :last_hour and r.at < :to))
--! usage-filter s
), part as (
--! {added_up} d
    union all
    select rank, (m >> 40)::int, m & 1099511627775
    from (
        select coalesce(array_position(cast(:keys as text[]),
--! usage-key s
               ), cardinality(cast(:keys as text[])) + 1) as rank, h.measured
        from readmodel.usage_hourly h join readmodel.usage_series s using (series_id)
        where ((h.hour >= :first_hour and h.hour < :first_day) or (h.hour >= :last_day and h.hour < :last_hour))
--! usage-filter s
    ) h, lateral unnest(h.measured) as m
    union all
    select rank, readmodel.histogram_bucket(latency_ms), 1 from edge
    union all
    select rank, 65536 + readmodel.histogram_bucket(ttft_ms), 1 from edge where ttft_ms >= 0
)
select rank, case when place < 65536 then 'latency' else 'ttft' end as metric, place & 65535 as bucket,
       readmodel.histogram_value((place & 65535)::smallint) as ms, count
from (select rank, place, sum(count) as count from part group by rank, place) c
