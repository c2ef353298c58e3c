update provider set version = :version, has_api_key = true, updated_at = :at
where id = :id and version < :version
