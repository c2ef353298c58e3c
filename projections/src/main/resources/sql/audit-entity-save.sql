insert into audit_entity as e (entity_type, entity_id, position, name, status)
values (:type, :id, :position, :name, :status)
on conflict (entity_type, entity_id) do update
set position = excluded.position, name = excluded.name, status = excluded.status
where e.position < excluded.position
