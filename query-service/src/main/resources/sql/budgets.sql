-- Budgets of people, teams and keys, one by one. Somebody who does not see everything is told of those whose whole spending they
-- see: their own, those of their keys, and those of the teams they manage.
with owner as (
    select 'user_id' as dimension, u.id, u.username as name, u.budgets, u.id as user_id, null as team_id from readmodel.users u
    where u.budgets is not null and (cast(:viewer as text) is null or u.id = :viewer)
    union all
    select 'team_id', t.id, t.name, t.budgets, null, t.id from readmodel.team t
    where t.budgets is not null and (cast(:viewer as text) is null or t.id = any(cast(:viewer_teams as text[])))
    union all
    select 'api_key_id', k.id, k.name, k.budgets, k.user_id, k.team_id from readmodel.api_key k
    where k.budgets is not null
      and (cast(:viewer as text) is null or k.user_id = :viewer or k.team_id = any(cast(:viewer_teams as text[])))
)
select o.dimension, o.id, o.name, b.budget ->> 'period' as period, (b.budget ->> 'amount')::numeric as amount,
       b.budget ->> 'currency' as currency
from owner o, jsonb_array_elements(o.budgets) with ordinality as b (budget, place)
where (cast(:user_id as text) is null or o.user_id = :user_id)
  and (cast(:team_id as text) is null or o.team_id = :team_id)
  and (cast(:api_key_id as text) is null or (o.dimension = 'api_key_id' and o.id = :api_key_id))
order by o.dimension, o.name, o.id, b.place
