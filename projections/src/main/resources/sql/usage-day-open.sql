with month as (
    delete from usage_month
    where month in (select date_trunc('month', d)::date from unnest(cast(cast(:days as text[]) as date[])) as d)
), minutes as (
    delete from usage_minutes where hour = any(cast(cast(:hours as text[]) as timestamptz[]))
)
delete from usage_day where day = any(cast(cast(:days as text[]) as date[]))
