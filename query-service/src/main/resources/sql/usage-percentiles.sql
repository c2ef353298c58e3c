-- Buckets with their counts for each of the keys by its rank, for the rest under the rank after; the same split into days, hours
-- and edges as usage-slices.sql.
with edge as (
    select
--! usage-key r
           as key, r.latency_ms, r.ttft_ms
    from readmodel.usage_request r
    where ((r.at >= :from and r.at < :first_hour) or (r.at >= :last_hour and r.at < :to))
--! usage-filter r
), part as (
--! {added_up} d
    union all
    select
--! usage-key s
           as key, g.metric, g.bucket, g.count
    from readmodel.usage_hourly_histogram g join readmodel.usage_series s using (series_id)
    where ((g.hour >= :first_hour and g.hour < :first_day) or (g.hour >= :last_day and g.hour < :last_hour))
--! usage-filter s
    union all
    select key, 'latency', readmodel.histogram_bucket(latency_ms), 1 from edge
    union all
    select key, 'ttft', readmodel.histogram_bucket(ttft_ms), 1 from edge where ttft_ms is not null
), counted as (
    select key, metric, bucket, sum(count) as count from part group by key, metric, bucket
)
select coalesce(k.rank, cardinality(cast(:keys as text[])) + 1) as rank, c.metric, c.bucket,
       readmodel.histogram_value(c.bucket) as ms, sum(c.count) as count
from counted c left join unnest(cast(:keys as text[])) with ordinality as k (key, rank) using (key)
group by 1, 2, 3
