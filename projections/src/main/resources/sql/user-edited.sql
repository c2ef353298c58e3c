update users
set version = :version, display_name = :display_name, email = :email, role = :role, team_id = :team_id,
    limits = cast(:limits as jsonb), budgets = cast(:budgets as jsonb), updated_at = :at
where id = :id and version < :version
