-- Hours that are over, not before the given one and whose minutes are not added up, newest first.
select h from generate_series(
    (select greatest(cast(:kept as timestamptz), min(hour)) from usage_hourly having min(hour) is not null),
    date_trunc('hour', cast(:now as timestamptz), 'UTC') - interval '1 hour', interval '1 hour') as h
where not exists (select from usage_minutes m where m.hour = h)
order by 1 desc limit :most
