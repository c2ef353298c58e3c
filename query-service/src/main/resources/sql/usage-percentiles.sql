-- Buckets with their counts, smallest first; the same split into whole hours and edges as usage-slices.sql.
with edge as (
    select r.latency_ms, r.ttft_ms from readmodel.usage_request r
    where ((r.at >= :from and r.at < :first_hour) or (r.at >= :last_hour and r.at < :to))
      and (cast(:user_id as text) is null or r.user_id = :user_id)
      and (cast(:team_id as text) is null or r.team_id = :team_id)
      and (cast(:api_key_id as text) is null or r.api_key_id = :api_key_id)
      and (cast(:endpoint as text) is null or r.endpoint = :endpoint)
      and (cast(:model as text) is null or r.model = :model)
      and (cast(:deployment as text) is null or r.deployment = :deployment)
      and (cast(:outcome as text) is null or r.outcome = :outcome)
      and (cast(:viewer as text) is null or r.user_id = :viewer or r.team_id = any(cast(:viewer_teams as text[])))
), part as (
    select g.metric, g.bucket, g.count
    from readmodel.usage_hourly_histogram g join readmodel.usage_series s using (series_id)
    where g.hour >= :first_hour and g.hour < :last_hour
      and (cast(:user_id as text) is null or s.user_id = :user_id)
      and (cast(:team_id as text) is null or s.team_id = :team_id)
      and (cast(:api_key_id as text) is null or s.api_key_id = :api_key_id)
      and (cast(:endpoint as text) is null or s.endpoint = :endpoint)
      and (cast(:model as text) is null or s.model = :model)
      and (cast(:deployment as text) is null or s.deployment = :deployment)
      and (cast(:outcome as text) is null or s.outcome = :outcome)
      and (cast(:viewer as text) is null or s.user_id = :viewer or s.team_id = any(cast(:viewer_teams as text[])))
    union all
    select 'latency', readmodel.histogram_bucket(latency_ms), 1 from edge
    union all
    select 'ttft', readmodel.histogram_bucket(ttft_ms), 1 from edge where ttft_ms is not null
)
select metric, readmodel.histogram_value(bucket) as ms, sum(count) as count
from part group by metric, bucket order by metric, bucket
