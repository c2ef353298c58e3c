select state::text from entity_version
where entity_type = :type and entity_id = :id
order by sequence desc limit 1
