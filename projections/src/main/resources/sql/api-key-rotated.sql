update api_key
set version = :version, prefix = :prefix, previous_prefix = :previous_prefix, previous_until = :previous_until,
    updated_at = :at
where id = :id and version < :version
