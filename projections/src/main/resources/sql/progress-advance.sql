insert into readmodel.projection_progress as p (name, version, position, state)
values (:name, :version, :position, 'running')
on conflict (name) do update set
    position = case when p.version = excluded.version then greatest(p.position, excluded.position) else excluded.position end,
    version = excluded.version,
    state = 'running',
    detail = null,
    seen_at = now()
