select currency,
       sum(requests) as requests,
       coalesce(sum(requests) filter (where outcome = 'completed'), 0) as completed,
       coalesce(sum(requests) filter (where cost > 0), 0) as billed,
       sum(prompt_tokens) as prompt_tokens,
       sum(completion_tokens) as completion_tokens,
       trim_scale(sum(cost)) as cost
from slice group by currency order by billed desc, currency
