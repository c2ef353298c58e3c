-- The first day of everybody, and their days since the given one.
, user_day as materialized (
    select key, date_trunc('day', at, 'UTC') as day from slice where key <> '' group by 1, 2
)
select key, day from user_day where day >= :since
union
select key, min(day) from user_day group by key
