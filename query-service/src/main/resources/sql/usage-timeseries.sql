, ranked as (
    select key, row_number() over (order by sum(requests) desc, key) as rank from slice group by key
), main_currency as (
    select currency from slice where cost > 0 group by currency order by sum(requests) desc, currency limit 1
)
select least(r.rank, :most + 1) as rank,
       case when r.rank <= :most then k.key else 'other' end as key,
       date_trunc(:interval, k.at, 'UTC') as at,
       sum(k.requests) as requests,
       coalesce(sum(k.requests) filter (where k.outcome = 'completed'), 0) as completed,
       sum(k.prompt_tokens) as prompt_tokens,
       sum(k.completion_tokens) as completion_tokens,
       coalesce(trim_scale(sum(k.cost) filter (where k.currency = (select currency from main_currency))), 0) as cost
from slice k join ranked r using (key)
group by 1, 2, 3 order by 1, 3
