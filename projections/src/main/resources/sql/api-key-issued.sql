insert into readmodel.api_key
    (id, version, name, prefix, user_id, status, allowed_models, expires_at, created_at, updated_at)
values (:id, :version, :name, :prefix, :user_id, 'active', :allowed_models, :expires_at, :at, :at)
on conflict (id) do nothing
