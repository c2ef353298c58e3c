select key, date_trunc('day', at, 'UTC') as day, sum(requests) as requests
from slice where key <> '' group by 1, 2
