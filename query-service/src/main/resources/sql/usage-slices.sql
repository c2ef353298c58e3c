-- What was used in [from, to): months [first_month, last_month) and days (or their hours) [first_day, last_day) that are added up,
-- other whole hours [first_hour, last_hour) from the hourly roll-ups, the edges from the rows. "key" is the value of the dimension
-- that is asked for, '' where there is none.
with slice as (
--! {added_up} d
    union all
    select h.hour as at,
--! usage-key s
           as key,
           s.model, s.outcome, s.currency,
           h.requests, h.prompt_tokens, h.completion_tokens, h.cached_tokens, h.reasoning_tokens, h.cost
    from readmodel.usage_hourly h join readmodel.usage_series s using (series_id)
    where ((h.hour >= :first_hour and h.hour < :first_day) or (h.hour >= :last_day and h.hour < :last_hour))
--! usage-filter s
    union all
    select r.at,
--! usage-key s
           as key,
           s.model, s.outcome, s.currency,
           1, r.prompt_tokens, r.completion_tokens, r.cached_tokens, r.reasoning_tokens, r.cost
    from readmodel.usage_request r join readmodel.usage_series s using (series_id)
    where ((r.at >= :from and r.at < :first_hour) or (r.at >= :last_hour and r.at < :to))
--! usage-filter s
)
