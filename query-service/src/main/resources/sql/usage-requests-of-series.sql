-- Those of some series, from the newest on: no more than as many series as rows are asked for can hold them, those whose own newest
-- are the newest.
with newest as materialized (
    select s.series_id, n.at
    from readmodel.usage_series s
    cross join lateral (
        select r.at from readmodel.usage_requests() r
        where r.series_id = s.series_id and (cast(:before_at as timestamptz) is null or (r.at, r.request_key) < (:before_at, cast(:before_key as uuid)))
--! usage-request-filter r
        order by r.at desc limit 1
    ) n
    where true
--! usage-filter s
    order by n.at desc fetch first :limit rows with ties
), found as (
    select r.* from newest n
    cross join lateral (
        select r.request_key, r.at from readmodel.usage_requests() r
        where r.series_id = n.series_id and (cast(:before_at as timestamptz) is null or (r.at, r.request_key) < (:before_at, cast(:before_key as uuid)))
--! usage-request-filter r
        order by r.at desc, r.request_key desc limit :limit
    ) r
    order by r.at desc, r.request_key desc limit :limit
)
select
--! usage-row r
from found f join readmodel.usage_requests() r on r.at = f.at and r.request_key = f.request_key
left join readmodel.users u on u.id = r.user_id
left join readmodel.api_key k on k.id = r.api_key_id
order by r.at desc, r.request_key desc
