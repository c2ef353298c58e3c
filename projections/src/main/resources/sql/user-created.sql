insert into readmodel.users (id, version, username, display_name, email, role, status, created_at, updated_at)
values (:id, :version, :username, :display_name, :email, :role, 'active', :at, :at)
on conflict (id) do nothing
