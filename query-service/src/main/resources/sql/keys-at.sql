select distinct on (entity_id) *
from readmodel.entity_version
where entity_type = 'api_key'
  and entity_id >= :first
  and (cast(:id as text) is null or entity_id = :id)
  and (cast(:user_id as text) is null or state ->> 'user_id' = :user_id)
  and position <= :position
order by entity_id, sequence desc
limit :limit
