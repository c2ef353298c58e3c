select *
from readmodel.entity_version
where entity_type = :type and entity_id = :id and position > :after and position <= :until
order by sequence
limit :limit
