    select d.day::timestamp at time zone 'UTC' as at, d.key, null as model, d.outcome, d.currency,
           d.requests, d.prompt_tokens, d.completion_tokens, d.cached_tokens, d.reasoning_tokens, d.cost
    from readmodel.usage_daily_by d
    where d.day >= greatest(cast(:first_day as timestamptz), cast(:since as timestamptz)) at time zone 'UTC'
      and d.day < cast(:last_day as timestamptz) at time zone 'UTC'
--! usage-by-filter d
    union all
    select f.day::timestamp at time zone 'UTC', u.key, null, null, null, 0, 0, 0, 0, 0, 0
    from (select distinct s.user_id as key from readmodel.usage_series s where s.user_id is not null) u,
    lateral (
        select min(d.day) as day from readmodel.usage_daily_by d
        where d.day >= cast(:first_day as timestamptz) at time zone 'UTC' and d.day < cast(:last_day as timestamptz) at time zone 'UTC'
          and d.dimension = 'user_id' and d.key = u.key
          and (cast(:by_key as text) is null or u.key = :by_key)
          and (cast(:outcome as text) is null or d.outcome = :outcome)
    ) f where f.day is not null
