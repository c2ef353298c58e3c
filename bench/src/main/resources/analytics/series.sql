with series as materialized (
    select model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, readmodel.usage_series_id(
               model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, 'USD') as series_id
    from (select distinct model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome from dice) d
), known as (
    insert into readmodel.usage_series
    select series_id, model, deployment, provider_id, api_key_id, user_id, team_id, endpoint, outcome, 'USD' from series
    order by series_id on conflict do nothing
)
insert into dice_series
select series_id, deployment, user_id, coalesce(api_key_id, ''), outcome from series
