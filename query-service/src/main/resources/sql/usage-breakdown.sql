, cell as materialized (
    select key, currency, sum(requests) as requests,
           coalesce(sum(requests) filter (where outcome = 'completed'), 0) as completed,
           sum(prompt_tokens) as prompt_tokens, sum(completion_tokens) as completion_tokens,
           sum(cached_tokens) as cached_tokens, sum(reasoning_tokens) as reasoning_tokens,
           sum(cost) as cost, coalesce(sum(requests) filter (where cost > 0), 0) as billed
    from slice group by key, currency
), main_currency as (
    select currency from cell group by currency order by sum(billed) desc, currency limit 1
), ranked as (
    select key, row_number() over (
        order by case cast(:largest as text)
                     when 'tokens' then sum(prompt_tokens + completion_tokens)
                     when 'cost' then coalesce(sum(cost) filter (where currency = (select currency from main_currency)), 0)
                     else sum(requests) end desc, key) as rank
    from cell group by key
)
select least(r.rank, :most + 1) as rank, case when r.rank <= :most then key end as key, currency,
       sum(requests) as requests, sum(completed) as completed, sum(prompt_tokens) as prompt_tokens,
       sum(completion_tokens) as completion_tokens, sum(cached_tokens) as cached_tokens,
       sum(reasoning_tokens) as reasoning_tokens, trim_scale(sum(cost)) as cost,
       (select count(*) from ranked) as keys
from cell join ranked r using (key)
group by 1, 2, 3 order by 1, 3
