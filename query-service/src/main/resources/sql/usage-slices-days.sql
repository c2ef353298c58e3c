    select d.day::timestamp at time zone 'UTC' as at,
--! usage-key s
           as key,
           s.model, s.outcome, s.currency,
           d.requests, d.prompt_tokens, d.completion_tokens, d.cached_tokens, d.reasoning_tokens, d.cost
    from readmodel.usage_daily d join readmodel.usage_series s using (series_id)
    where d.day >= cast(:first_day as timestamptz) at time zone 'UTC' and d.day < cast(:first_month as timestamptz) at time zone 'UTC'
--! usage-filter s
    union all
    select d.month::timestamp at time zone 'UTC' as at,
--! usage-key s
           as key,
           s.model, s.outcome, s.currency,
           d.requests, d.prompt_tokens, d.completion_tokens, d.cached_tokens, d.reasoning_tokens, d.cost
    from readmodel.usage_monthly d join readmodel.usage_series s using (series_id)
    where d.month >= cast(:first_month as timestamptz) at time zone 'UTC' and d.month < cast(:last_month as timestamptz) at time zone 'UTC'
--! usage-filter s
    union all
    select d.day::timestamp at time zone 'UTC' as at,
--! usage-key s
           as key,
           s.model, s.outcome, s.currency,
           d.requests, d.prompt_tokens, d.completion_tokens, d.cached_tokens, d.reasoning_tokens, d.cost
    from readmodel.usage_daily d join readmodel.usage_series s using (series_id)
    where d.day >= cast(:last_month as timestamptz) at time zone 'UTC' and d.day < cast(:last_day as timestamptz) at time zone 'UTC'
--! usage-filter s
