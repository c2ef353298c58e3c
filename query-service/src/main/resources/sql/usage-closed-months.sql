select min(month)::timestamp at time zone 'UTC' as first, (max(month) + interval '1 month') at time zone 'UTC' as after
from (select month, month - make_interval(months => row_number() over (order by month)::int) as run
      from readmodel.usage_month
      where month >= cast(:from as timestamptz) at time zone 'UTC'
        and month + interval '1 month' <= cast(:to as timestamptz) at time zone 'UTC') m
group by run order by count(*) desc, first desc limit 1
