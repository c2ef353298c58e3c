update readmodel.users
set version = :version, display_name = :display_name, email = :email, role = :role, updated_at = :at
where id = :id and version < :version
