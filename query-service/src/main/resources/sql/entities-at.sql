select distinct on (entity_type, entity_id) *
from readmodel.entity_version
where entity_type = any(:types)
  and (cast(:ids as text[]) is null or entity_id = any(:ids))
  and position <= :position
order by entity_type, entity_id, sequence desc
