    select d.day::timestamp at time zone 'UTC' as at, s.user_id as key, null as model, s.outcome, s.currency,
           d.requests, d.prompt_tokens, d.completion_tokens, d.cached_tokens, d.reasoning_tokens, d.cost
    from readmodel.usage_daily d join readmodel.usage_series s using (series_id)
    where d.day >= greatest(cast(:first_day as timestamptz), cast(:since as timestamptz)) at time zone 'UTC'
      and d.day < cast(:last_day as timestamptz) at time zone 'UTC' and s.user_id is not null
--! usage-filter s
    union all
    select f.day::timestamp at time zone 'UTC', s.user_id, null, null, null, 0, 0, 0, 0, 0, 0
    from readmodel.usage_series s,
    lateral (
        select min(d.day) as day from readmodel.usage_daily d
        where d.day >= cast(:first_day as timestamptz) at time zone 'UTC' and d.day < cast(:last_day as timestamptz) at time zone 'UTC'
          and d.series_id = s.series_id
    ) f where f.day is not null and s.user_id is not null
--! usage-filter s
