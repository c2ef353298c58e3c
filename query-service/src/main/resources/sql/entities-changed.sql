select distinct entity_type, entity_id
from readmodel.entity_version
where position > :after and position <= :until
  and (entity_type, entity_id) > (:type, :id)
order by entity_type, entity_id
limit :limit
