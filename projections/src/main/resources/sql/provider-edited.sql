update provider
set version = :version, name = :name, type = :type, base_url = :base_url, updated_at = :at
where id = :id and version < :version
