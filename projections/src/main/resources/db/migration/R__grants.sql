-- The query-service reads as a role of its own where there is one; with a single shared role there is nothing to grant.
do $$
begin
    if exists (select from pg_roles where rolname = 'query_service') and current_user <> 'query_service' then
        grant usage on schema readmodel to query_service;
        grant select on all tables in schema readmodel to query_service;
        grant execute on all functions in schema readmodel to query_service;
        alter default privileges in schema readmodel grant select on tables to query_service;
        alter default privileges in schema readmodel grant execute on functions to query_service;
    end if;
end $$;
