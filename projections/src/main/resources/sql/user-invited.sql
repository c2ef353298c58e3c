update users set version = :version, invited_until = :invited_until, updated_at = :at
where id = :id and version < :version
