-- Days before the given one that are not added up, newest first: these are asked about most.
select d::date from generate_series(
    (select date_trunc('day', min(hour), 'UTC') at time zone 'UTC' from usage_hourly),
    cast(:today as date) - 1, interval '1 day') as d
where not exists (select from usage_day u where u.day = d::date)
order by 1 desc limit :most
