-- What was used in [from, to): whole hours [first_hour, last_hour) from the roll-ups, the edges from the rows. "key" is the value of
-- the dimension that is asked for, '' where there is none.
with slice as (
    select h.hour as at,
--! usage-key s
           as key,
           s.model, s.user_id, s.outcome, s.currency,
           h.requests, h.prompt_tokens, h.completion_tokens, h.cached_tokens, h.reasoning_tokens, h.cost
    from readmodel.usage_hourly h join readmodel.usage_series s using (series_id)
    where h.hour >= :first_hour and h.hour < :last_hour
--! usage-filter s
    union all
    select r.at,
--! usage-key r
           as key,
           r.model, r.user_id, r.outcome, r.currency,
           1, r.prompt_tokens, r.completion_tokens, r.cached_tokens, r.reasoning_tokens, r.cost
    from readmodel.usage_request r
    where ((r.at >= :from and r.at < :first_hour) or (r.at >= :last_hour and r.at < :to))
--! usage-filter r
)
