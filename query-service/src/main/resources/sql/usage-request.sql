select r.*, u.username, k.name as api_key_name
from readmodel.usage_request r
left join readmodel.users u on u.id = r.user_id
left join readmodel.api_key k on k.id = r.api_key_id
where r.request_id = :request_id
--! usage-filter r
