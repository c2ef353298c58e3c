update api_key set version = :version, status = :status, updated_at = :at
where id = :id and version < :version
