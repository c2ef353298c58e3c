insert into platform_settings (id, version, details, updated_at)
values (:id, :version, cast(:details as jsonb), :at)
on conflict (id) do update set version = excluded.version, details = excluded.details, updated_at = excluded.updated_at
where platform_settings.version < excluded.version
