insert into readmodel.projection_progress as p (name, version, lag, state, detail)
values (:name, :version, :lag, :state, :detail)
on conflict (name) do update set
    lag = coalesce(excluded.lag, p.lag),
    state = excluded.state,
    detail = excluded.detail,
    seen_at = now()
