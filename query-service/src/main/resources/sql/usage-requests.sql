select r.*, u.username, k.name as api_key_name
from readmodel.usage_request r
left join readmodel.users u on u.id = r.user_id
left join readmodel.api_key k on k.id = r.api_key_id
where (cast(:from as timestamptz) is null or r.at >= :from)
  and (cast(:to as timestamptz) is null or r.at < :to)
  and (cast(:before_at as timestamptz) is null or (r.at, r.request_id) < (:before_at, cast(:before_id as text)))
  and (cast(:request_id as text) is null or r.request_id = :request_id)
  and (cast(:user_id as text) is null or r.user_id = :user_id)
  and (cast(:team_id as text) is null or r.team_id = :team_id)
  and (cast(:api_key_id as text) is null or r.api_key_id = :api_key_id)
  and (cast(:endpoint as text) is null or r.endpoint = :endpoint)
  and (cast(:model as text) is null or r.model = :model)
  and (cast(:deployment as text) is null or r.deployment = :deployment)
  and (cast(:outcome as text) is null or r.outcome = :outcome)
  and (cast(:viewer as text) is null or r.user_id = :viewer or r.team_id = any(cast(:viewer_teams as text[])))
  and (cast(:status as int) is null or r.status = :status)
order by r.at desc, r.request_id desc
limit :limit
