-- The first day of everybody, and their days since the given one, counted from 1970 on.
, user_day as materialized (
    select key, (at at time zone 'UTC')::date - date '1970-01-01' as day from slice where key <> '' group by 1, 2
)
select d.key, array_agg(d.day) as days
from user_day d join (select key, min(day) as first from user_day group by key) f using (key)
where d.day = f.first or d.day >= (cast(:since as timestamptz) at time zone 'UTC')::date - date '1970-01-01'
group by d.key
