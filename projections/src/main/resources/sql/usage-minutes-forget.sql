with hour as (
    delete from usage_minutes where hour < :kept
)
delete from usage_minutely_by where minute < :kept
