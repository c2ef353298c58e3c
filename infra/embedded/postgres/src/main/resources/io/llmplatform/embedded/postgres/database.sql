-- What a fresh database of the platform needs before the services' own migrations; run at each start.
do $$
begin
    -- The migrations say "create schema if not exists", which needs the right even when the schema is there.
    execute format('grant create, connect, temporary on database %I to command_service, projections', current_database());
    execute format('grant connect on database %I to query_service', current_database());
    execute format('revoke connect, temporary on database %I from public', current_database());
end
$$;

create schema if not exists events authorization command_service;
create schema if not exists identity authorization command_service;
create schema if not exists readmodel authorization projections;
grant usage on schema readmodel to query_service;
revoke all on schema public from public;
