update readmodel.api_key
set version = :version, name = :name, allowed_models = :allowed_models, expires_at = :expires_at, updated_at = :at
where id = :id and version < :version
