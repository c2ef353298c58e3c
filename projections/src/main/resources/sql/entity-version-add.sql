insert into entity_version
    (entity_type, entity_id, sequence, position, at, event_id, event_type, actor_type, actor_id, actor_name, reason,
     request_id, state, changes)
values (:type, :id, :sequence, :position, :at, :event_id, :event_type, :actor_type, :actor_id, :actor_name, :reason,
        :request_id, cast(:state as jsonb), cast(:changes as jsonb))
on conflict (entity_type, entity_id, sequence) do nothing
