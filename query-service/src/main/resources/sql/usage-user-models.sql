select key, model, sum(requests) as requests from slice where key = any(cast(:users as text[])) group by key, model
order by requests desc, model
