insert into readmodel.usage_series (
    series_id, model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency)
select readmodel.usage_series_id(
    model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency), d.*
from (select distinct model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, currency
      from readmodel.usage_request where at >= ? and at < ?) d
on conflict do nothing
