select currency, sum(requests) as requests, coalesce(sum(requests) filter (where outcome = 'completed'), 0) as completed,
       sum(prompt_tokens) as prompt_tokens, sum(completion_tokens) as completion_tokens,
       sum(cached_tokens) as cached_tokens, sum(reasoning_tokens) as reasoning_tokens, trim_scale(sum(cost)) as cost
from slice group by currency
