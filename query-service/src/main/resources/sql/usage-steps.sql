, cell as materialized (
    select date_trunc(:interval, at, 'UTC') as at, key, currency, trim_scale(sum(cost)) as cost, sum(requests) as requests,
           coalesce(sum(requests) filter (where outcome = 'failed'), 0) as failed
    from slice group by 1, 2, 3
), top as (
    select key from cell group by key order by sum(requests) desc, key limit :most
)
select at, key, currency, cost, requests, failed from cell join top using (key)
