update users set version = :version, status = 'disabled', invited_until = null, updated_at = :at
where id = :id and version < :version
