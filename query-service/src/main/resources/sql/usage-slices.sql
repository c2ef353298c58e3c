-- What was used in [from, to): whole hours [first_hour, last_hour) from the roll-ups, the edges from the rows.
with slice as (
    select h.hour as at, s.model, s.deployment, s.api_key_id, s.user_id, s.team_id, s.endpoint, s.outcome, s.currency,
           h.requests, h.prompt_tokens, h.completion_tokens, h.cost
    from readmodel.usage_hourly h join readmodel.usage_series s using (series_id)
    where h.hour >= :first_hour and h.hour < :last_hour
      and (cast(:user_id as text) is null or s.user_id = :user_id)
      and (cast(:team_id as text) is null or s.team_id = :team_id)
      and (cast(:api_key_id as text) is null or s.api_key_id = :api_key_id)
      and (cast(:endpoint as text) is null or s.endpoint = :endpoint)
      and (cast(:model as text) is null or s.model = :model)
      and (cast(:deployment as text) is null or s.deployment = :deployment)
      and (cast(:outcome as text) is null or s.outcome = :outcome)
      and (cast(:viewer as text) is null or s.user_id = :viewer or s.team_id = any(cast(:viewer_teams as text[])))
    union all
    select r.at, r.model, r.deployment, r.api_key_id, r.user_id, r.team_id, r.endpoint, r.outcome, r.currency,
           1, r.prompt_tokens, r.completion_tokens, r.cost
    from readmodel.usage_request r
    where ((r.at >= :from and r.at < :first_hour) or (r.at >= :last_hour and r.at < :to))
      and (cast(:user_id as text) is null or r.user_id = :user_id)
      and (cast(:team_id as text) is null or r.team_id = :team_id)
      and (cast(:api_key_id as text) is null or r.api_key_id = :api_key_id)
      and (cast(:endpoint as text) is null or r.endpoint = :endpoint)
      and (cast(:model as text) is null or r.model = :model)
      and (cast(:deployment as text) is null or r.deployment = :deployment)
      and (cast(:outcome as text) is null or r.outcome = :outcome)
      and (cast(:viewer as text) is null or r.user_id = :viewer or r.team_id = any(cast(:viewer_teams as text[])))
)
