with daily as (
    delete from usage_daily where day = :day
), daily_histogram as (
    delete from usage_daily_histogram where day = :day
), by_day as (
    delete from usage_daily_by where day = :day
), by_day_histogram as (
    delete from usage_daily_by_histogram
    where day = :day and dimension in ('', 'model', 'deployment', 'provider_id', 'api_key_id', 'user_id', 'team_id', 'endpoint')
), priced as (
    delete from usage_hourly_priced where hour >= :from and hour < :to
)
delete from usage_hourly_by where hour >= :from and hour < :to
