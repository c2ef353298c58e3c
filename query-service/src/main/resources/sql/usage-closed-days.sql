select min(day)::timestamp at time zone 'UTC' as first, (max(day) + 1)::timestamp at time zone 'UTC' as after
from (select day, day - (row_number() over (order by day))::int as run
      from readmodel.usage_day
      where day >= cast(:from as timestamptz) at time zone 'UTC' and day + 1 <= cast(:to as timestamptz) at time zone 'UTC') d
group by run order by count(*) desc, first desc limit 1
