select
--! usage-row r
from readmodel.usage_requests() r
left join readmodel.users u on u.id = r.user_id
left join readmodel.api_key k on k.id = r.api_key_id
where true
--! usage-request-filter r
--! usage-filter r
order by r.at, r.request_key
