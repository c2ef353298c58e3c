insert into gateway_config as c (key, version, record)
values (:key, :version, cast(:record as jsonb))
on conflict (key) do update set version = excluded.version, record = excluded.record
where c.version < excluded.version
