select r.*, u.username, k.name as api_key_name
from readmodel.usage_request r
left join readmodel.users u on u.id = r.user_id
left join readmodel.api_key k on k.id = r.api_key_id
where (cast(:before_at as timestamptz) is null or (r.at, r.request_id) < (:before_at, cast(:before_id as text)))
--! usage-request-filter r
--! usage-filter r
order by r.at desc, r.request_id desc
limit :limit
