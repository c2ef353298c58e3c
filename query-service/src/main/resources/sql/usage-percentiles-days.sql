    select d.rank, (m >> 40)::int as place, m & 1099511627775 as count
    from (
        select coalesce(array_position(cast(:keys as text[]),
--! usage-key s
               ), cardinality(cast(:keys as text[])) + 1) as rank, d.measured
        from readmodel.usage_daily_histogram d join readmodel.usage_series s using (series_id)
        where d.day >= cast(:first_day as timestamptz) at time zone 'UTC' and d.day < cast(:first_month as timestamptz) at time zone 'UTC'
--! usage-filter s
        union all
        select coalesce(array_position(cast(:keys as text[]),
--! usage-key s
               ), cardinality(cast(:keys as text[])) + 1) as rank, d.measured
        from readmodel.usage_monthly_histogram d join readmodel.usage_series s using (series_id)
        where d.month >= cast(:first_month as timestamptz) at time zone 'UTC' and d.month < cast(:last_month as timestamptz) at time zone 'UTC'
--! usage-filter s
        union all
        select coalesce(array_position(cast(:keys as text[]),
--! usage-key s
               ), cardinality(cast(:keys as text[])) + 1) as rank, d.measured
        from readmodel.usage_daily_histogram d join readmodel.usage_series s using (series_id)
        where d.day >= cast(:last_month as timestamptz) at time zone 'UTC' and d.day < cast(:last_day as timestamptz) at time zone 'UTC'
--! usage-filter s
    ) d, lateral unnest(d.measured) as m
