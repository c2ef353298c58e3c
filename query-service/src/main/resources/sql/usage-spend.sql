select key, currency, date_trunc(:step, at, 'UTC') as at, trim_scale(sum(cost)) as cost
from slice where key = any(cast(:keys as text[])) group by 1, 2, 3 having sum(cost) <> 0 order by 3
