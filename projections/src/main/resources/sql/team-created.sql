insert into team (id, version, name, limits, budgets, status, created_at, updated_at)
values (:id, :version, :name, cast(:limits as jsonb), cast(:budgets as jsonb), 'active', :at, :at)
on conflict (id) do nothing
