    select key, m.metric, u.bucket, u.count
    from (
        select
--! usage-key s
               as key, d.*
        from readmodel.usage_daily d join readmodel.usage_series s using (series_id)
        where d.day >= cast(:first_day as timestamptz) at time zone 'UTC' and d.day < cast(:last_day as timestamptz) at time zone 'UTC'
--! usage-filter s
    ) d,
    lateral (values ('latency', d.latency_buckets, d.latency_counts), ('ttft', d.ttft_buckets, d.ttft_counts))
        as m (metric, buckets, counts),
    lateral unnest(m.buckets, m.counts) as u (bucket, count)
