update team
set version = :version, name = :name, limits = cast(:limits as jsonb), budgets = cast(:budgets as jsonb),
    updated_at = :at
where id = :id and version < :version
