update readmodel.model
set version = :version, name = :name, currency = :currency, input = :input, output = :output,
    cached_input = :cached_input, updated_at = :at
where id = :id and version < :version
