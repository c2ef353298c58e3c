update api_key
set version = :version, name = :name, allowed_models = :allowed_models, expires_at = :expires_at, scopes = :scopes,
    allowed_ips = :allowed_ips, limits = cast(:limits as jsonb), budgets = cast(:budgets as jsonb), cache = :cache,
    metadata = cast(:metadata as jsonb), updated_at = :at
where id = :id and version < :version
