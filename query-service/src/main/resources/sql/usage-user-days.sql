-- The days of everybody, counted from 1970 on.
select key, array_agg(distinct (at at time zone 'UTC')::date - date '1970-01-01') as days from slice where key <> '' group by key
