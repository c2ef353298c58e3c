with daily as (
    delete from readmodel.usage_daily where day = :day
), by_day as (
    delete from readmodel.usage_daily_by where day = :day
)
delete from readmodel.usage_hourly_by where hour >= :from and hour < :to
