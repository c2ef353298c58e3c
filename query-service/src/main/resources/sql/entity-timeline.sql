select *
from readmodel.entity_version
where entity_type = :type and entity_id = :id and sequence < :before
order by sequence desc
limit :limit
