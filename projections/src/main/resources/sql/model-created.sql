insert into readmodel.model
    (id, version, name, currency, input, output, cached_input, status, created_at, updated_at)
values (:id, :version, :name, :currency, :input, :output, :cached_input, 'active', :at, :at)
on conflict (id) do nothing
