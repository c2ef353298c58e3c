update users set version = :version, updated_at = :at
where id = :id and version < :version
