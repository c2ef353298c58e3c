select min(hour) as first, max(hour) + interval '1 hour' as after
from (select hour, hour - row_number() over (order by hour) * interval '1 hour' as run
      from readmodel.usage_minutes where hour >= :from and hour + interval '1 hour' <= :to) h
group by run order by count(*) desc, first desc limit 1
