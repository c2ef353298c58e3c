-- Months before that of the given day, all of whose days are added up while they themselves are not, newest first.
select m from (
    select date_trunc('month', day)::date as m, count(*) as days from usage_day group by 1
) as month
where m < date_trunc('month', cast(:today as date)) and days = (m + interval '1 month')::date - m
  and not exists (select from usage_month u where u.month = m)
order by 1 desc limit :most
