select position, name, status from audit_entity
where entity_type = :type and entity_id = :id
