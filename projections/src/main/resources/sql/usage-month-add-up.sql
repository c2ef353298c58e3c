-- Adds up one month from its days, if all of them are added up still.
with whole as materialized (
    select cast(:month as date) as first, (cast(:month as date) + interval '1 month')::date as after
    where (select count(*) from usage_day where day >= cast(:month as date) and day < cast(:month as date) + interval '1 month')
        = (cast(:month as date) + interval '1 month')::date - cast(:month as date)
), by_series as (
    insert into usage_monthly
    select w.first, series_id, sum(requests), sum(prompt_tokens), sum(completion_tokens), sum(cached_tokens), sum(reasoning_tokens),
           trim_scale(sum(cost))
    from whole w join usage_daily on day >= w.first and day < w.after group by 1, 2 order by 1, 2
), series_histogram as (
    insert into usage_monthly_histogram
    select w.first, series_id, measured
    from whole w, (
        select series_id, array_agg(place << 40 | count order by place) as measured
        from (select series_id, m >> 40 as place, sum(m & 1099511627775)::bigint as count
              from whole w join usage_daily_histogram on day >= w.first and day < w.after, unnest(measured) as m group by 1, 2) c
        group by 1) c
    order by 1, 2
), by_key as (
    insert into usage_monthly_by
    select w.first, dimension, key, outcome, currency, sum(requests), sum(prompt_tokens), sum(completion_tokens), sum(cached_tokens),
           sum(reasoning_tokens), trim_scale(sum(cost))
    from whole w join usage_daily_by on day >= w.first and day < w.after group by 1, 2, 3, 4, 5 order by 2, 3
), curve as materialized (
    select dimension, key, outcome, measured, dense_rank() over (order by dimension, key, outcome) as curve
    from whole w join usage_daily_by_histogram on day >= w.first and day < w.after
), key_histogram as (
    insert into usage_monthly_by_histogram
    select w.first, k.dimension, k.key, k.outcome, c.measured
    from whole w, (
        select curve, array_agg(place << 40 | count order by place) as measured
        from (select curve, m >> 40 as place, sum(m & 1099511627775)::bigint as count
              from curve, unnest(measured) as m group by 1, 2) c
        group by 1) c
    join (select distinct curve, dimension, key, outcome from curve) k using (curve) order by c.curve
)
insert into usage_month select first from whole
