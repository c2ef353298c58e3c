with monthly as (
    delete from usage_monthly where month = :month
), monthly_histogram as (
    delete from usage_monthly_histogram where month = :month
), by_month as (
    delete from usage_monthly_by where month = :month
)
delete from usage_monthly_by_histogram where month = :month
