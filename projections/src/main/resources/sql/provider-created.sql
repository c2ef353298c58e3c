insert into provider (id, version, name, type, base_url, has_api_key, status, created_at, updated_at)
values (:id, :version, :name, :type, :base_url, :has_api_key, 'active', :at, :at)
on conflict (id) do nothing
