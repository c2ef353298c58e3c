with hour as (
    delete from usage_minutes where hour = :from
)
delete from usage_minutely_by where minute >= :from and minute < :to
