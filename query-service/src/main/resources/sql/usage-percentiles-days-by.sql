    select case cast(:dimension as text) when 'outcome' then d.outcome when d.dimension then d.key else '' end as key,
           m.metric, u.bucket, u.count
    from readmodel.usage_daily_by d,
    lateral (values ('latency', d.latency_buckets, d.latency_counts), ('ttft', d.ttft_buckets, d.ttft_counts))
        as m (metric, buckets, counts),
    lateral unnest(m.buckets, m.counts) as u (bucket, count)
    where d.day >= cast(:first_day as timestamptz) at time zone 'UTC' and d.day < cast(:last_day as timestamptz) at time zone 'UTC'
      and (not cast(:only_keys as boolean) or d.key = any(cast(:keys as text[])))
--! usage-by-filter d
