with daily as (
    delete from usage_daily where day = :day
), by_day as (
    delete from usage_daily_by where day = :day
)
delete from usage_hourly_by where hour >= :from and hour < :to
