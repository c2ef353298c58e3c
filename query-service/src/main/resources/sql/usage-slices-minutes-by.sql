    select d.minute as at,
           case cast(:dimension as text) when 'outcome' then d.outcome when d.dimension then d.key else '' end as key,
           null as model, d.outcome, d.currency,
           d.requests, d.prompt_tokens, d.completion_tokens, d.cached_tokens, d.reasoning_tokens, d.cost
    from readmodel.usage_minutely_by d
    where d.minute >= :first_day and d.minute < :last_day
--! usage-by-filter d
