select
--! usage-row r
       , r.ip, r.user_agent, r.gateway
from readmodel.usage_requests() r
left join readmodel.users u on u.id = r.user_id
left join readmodel.api_key k on k.id = r.api_key_id
where r.request_key = :request_key
--! usage-filter r
