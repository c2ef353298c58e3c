select key, sum(requests) as total from slice where key <> '' group by key order by 2 desc, 1 limit :most
