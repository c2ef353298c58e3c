update users set version = :version, second_factor = :second_factor, updated_at = :at
where id = :id and version < :version
