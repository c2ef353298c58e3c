update model
set version = :version, name = :name, currency = :currency, input = :input, output = :output,
    cached_input = :cached_input, routing = cast(:routing as jsonb), limits = cast(:limits as jsonb),
    cache = cast(:cache as jsonb), catalog = cast(:catalog as jsonb), updated_at = :at
where id = :id and version < :version
