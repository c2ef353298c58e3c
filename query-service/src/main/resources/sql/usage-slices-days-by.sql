    select d.day::timestamp at time zone 'UTC' as at,
           case cast(:dimension as text) when 'outcome' then d.outcome when d.dimension then d.key else '' end as key,
           null as model, d.outcome, d.currency,
           d.requests, d.prompt_tokens, d.completion_tokens, d.cached_tokens, d.reasoning_tokens, d.cost
    from readmodel.usage_daily_by d
    where d.day >= cast(:first_day as timestamptz) at time zone 'UTC' and d.day < cast(:first_month as timestamptz) at time zone 'UTC'
--! usage-by-filter d
    union all
    select d.month::timestamp at time zone 'UTC' as at,
           case cast(:dimension as text) when 'outcome' then d.outcome when d.dimension then d.key else '' end as key,
           null as model, d.outcome, d.currency,
           d.requests, d.prompt_tokens, d.completion_tokens, d.cached_tokens, d.reasoning_tokens, d.cost
    from readmodel.usage_monthly_by d
    where d.month >= cast(:first_month as timestamptz) at time zone 'UTC' and d.month < cast(:last_month as timestamptz) at time zone 'UTC'
--! usage-by-filter d
    union all
    select d.day::timestamp at time zone 'UTC' as at,
           case cast(:dimension as text) when 'outcome' then d.outcome when d.dimension then d.key else '' end as key,
           null as model, d.outcome, d.currency,
           d.requests, d.prompt_tokens, d.completion_tokens, d.cached_tokens, d.reasoning_tokens, d.cost
    from readmodel.usage_daily_by d
    where d.day >= cast(:last_month as timestamptz) at time zone 'UTC' and d.day < cast(:last_day as timestamptz) at time zone 'UTC'
--! usage-by-filter d
