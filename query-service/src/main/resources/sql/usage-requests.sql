-- All there are, from the newest on.
select
--! usage-row r
from readmodel.usage_requests() r
left join readmodel.users u on u.id = r.user_id
left join readmodel.api_key k on k.id = r.api_key_id
where (cast(:before_at as timestamptz) is null or (r.at, r.request_key) < (:before_at, cast(:before_key as uuid)))
--! usage-request-filter r
order by r.at desc, r.request_key desc
limit :limit
