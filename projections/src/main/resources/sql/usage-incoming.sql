create temporary table if not exists usage_incoming (like usage_request) on commit drop;
truncate usage_incoming
