insert into users
    (id, version, username, display_name, email, role, team_id, limits, budgets, status, created_at, updated_at)
values (:id, :version, :username, :display_name, :email, :role, :team_id, cast(:limits as jsonb),
        cast(:budgets as jsonb), 'active', :at, :at)
on conflict (id) do nothing
