#!/usr/bin/env bash
# Run once by the postgres image on an empty data folder: the services' roles, then the database's owners and rights
# (the same script that the embedded server runs).
set -euo pipefail
: "${DB_PASSWORD_COMMAND_SERVICE:?}" "${DB_PASSWORD_PROJECTIONS:?}" "${DB_PASSWORD_QUERY_SERVICE:?}"

psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
\getenv command_service DB_PASSWORD_COMMAND_SERVICE
\getenv projections DB_PASSWORD_PROJECTIONS
\getenv query_service DB_PASSWORD_QUERY_SERVICE
create role command_service login password :'command_service';
create role projections login password :'projections';
create role query_service login password :'query_service';
SQL
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --file /etc/llm-platform/database.sql
