    select d.rank, (m >> 40)::int as place, m & 1099511627775 as count
    from (
        select coalesce(array_position(cast(:keys as text[]),
                   case cast(:dimension as text) when 'outcome' then d.outcome when d.dimension then d.key else '' end),
                   cardinality(cast(:keys as text[])) + 1) as rank, d.measured
        from readmodel.usage_daily_by_histogram d
        where d.day >= cast(:first_day as timestamptz) at time zone 'UTC' and d.day < cast(:first_month as timestamptz) at time zone 'UTC'
      and (not cast(:only_keys as boolean) or d.key = any(cast(:keys as text[])))
--! usage-by-filter d
        union all
        select coalesce(array_position(cast(:keys as text[]),
                   case cast(:dimension as text) when 'outcome' then d.outcome when d.dimension then d.key else '' end),
                   cardinality(cast(:keys as text[])) + 1) as rank, d.measured
        from readmodel.usage_monthly_by_histogram d
        where d.month >= cast(:first_month as timestamptz) at time zone 'UTC' and d.month < cast(:last_month as timestamptz) at time zone 'UTC'
      and (not cast(:only_keys as boolean) or d.key = any(cast(:keys as text[])))
--! usage-by-filter d
        union all
        select coalesce(array_position(cast(:keys as text[]),
                   case cast(:dimension as text) when 'outcome' then d.outcome when d.dimension then d.key else '' end),
                   cardinality(cast(:keys as text[])) + 1) as rank, d.measured
        from readmodel.usage_daily_by_histogram d
        where d.day >= cast(:last_month as timestamptz) at time zone 'UTC' and d.day < cast(:last_day as timestamptz) at time zone 'UTC'
      and (not cast(:only_keys as boolean) or d.key = any(cast(:keys as text[])))
--! usage-by-filter d
    ) d, lateral unnest(d.measured) as m
