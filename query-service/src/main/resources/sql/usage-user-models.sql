, cell as materialized (
    select key, model, sum(requests) as requests from slice where key <> '' group by key, model
), top as (
    select key, sum(requests) as total from cell group by key order by 2 desc, 1 limit :most
)
select key, model, requests, total from cell join top using (key) order by total desc, key, requests desc, model
