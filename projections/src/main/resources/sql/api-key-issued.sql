insert into api_key
    (id, version, name, prefix, user_id, team_id, status, allowed_models, expires_at, scopes, allowed_ips, limits,
     budgets, cache, metadata, created_at, updated_at)
values (:id, :version, :name, :prefix, :user_id, :team_id, 'active', :allowed_models, :expires_at, :scopes,
        :allowed_ips, cast(:limits as jsonb), cast(:budgets as jsonb), :cache, cast(:metadata as jsonb), :at, :at)
on conflict (id) do nothing
