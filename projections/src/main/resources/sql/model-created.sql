insert into model
    (id, version, name, currency, input, output, cached_input, routing, limits, cache, catalog, status, created_at, updated_at)
values (:id, :version, :name, :currency, :input, :output, :cached_input, cast(:routing as jsonb),
        cast(:limits as jsonb), cast(:cache as jsonb), cast(:catalog as jsonb), 'active', :at, :at)
on conflict (id) do nothing
