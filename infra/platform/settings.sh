# shellcheck shell=bash
# Where things live, which ports, which addresses, which secrets. The user's environment always wins.

STATE=${PLATFORM_DATA:-$ROOT/.platform}
case $STATE in /*) ;; *) STATE=$PWD/$STATE ;; esac
readonly STATE
SHARED=$ROOT/.platform # tools and build marks, the same for every state folder
RUN=$STATE/run LOGS=$STATE/logs APPS=$STATE/app
MARKER=$STATE/.llm-platform

EMBEDDED=''
[ -n "${DATABASE_URL:-}" ] || EMBEDDED="$EMBEDDED postgres"
[ -n "${KAFKA_BOOTSTRAP_SERVERS:-}" ] || EMBEDDED="$EMBEDDED kafka"
[ -n "${SEARCH_URL:-}" ] || EMBEDDED="$EMBEDDED search"
SERVICES='command-service projections query-service proxy-service'
COMPONENTS="$EMBEDDED $SERVICES"

# port <variable> <default>: a port that the user set is taken as it is, a default is shifted
port() {
    if [ -z "${!1:-}" ]; then
        printf -v "$1" '%s' "$(($2 + ${PLATFORM_PORT_OFFSET:-0}))"
    fi
    case ${!1} in '' | *[!0-9]*) fail "$1: expected a port number, got '${!1}'" ;; esac
}

load_ports() {
    case ${PLATFORM_PORT_OFFSET:-0} in *[!0-9]*) fail "PLATFORM_PORT_OFFSET: expected a number, got '$PLATFORM_PORT_OFFSET'" ;; esac
    port CONSOLE_PORT 3000
    port GATEWAY_PORT 8000
    port COMMAND_PORT 8101
    port QUERY_PORT 8102
    port PROJECTIONS_PORT 8103
    port PROXY_MANAGEMENT_PORT 8104
    port POSTGRES_PORT 15432
    port KAFKA_PORT 19092
    port SEARCH_PORT 19200
}

load_addresses() {
    if [ -z "${PLATFORM_MODE:-}" ]; then
        # With a database of one's own it is no longer a demonstration.
        if [ -n "${DATABASE_URL:-}" ]; then PLATFORM_MODE=production; else PLATFORM_MODE=demo; fi
    fi
    : "${KAFKA_BOOTSTRAP_SERVERS:=127.0.0.1:$KAFKA_PORT}"
    : "${SEARCH_URL:=http://127.0.0.1:$SEARCH_PORT}"
    : "${COMMAND_URL:=http://127.0.0.1:$COMMAND_PORT}"
    : "${QUERY_URL:=http://127.0.0.1:$QUERY_PORT}"
    : "${PROXY_DATA_DIR:=$STATE/data/proxy}"
    : "${BACKEND_CORS_ORIGINS:=[\"http://localhost:$CONSOLE_PORT\",\"http://127.0.0.1:$CONSOLE_PORT\"]}"
    GATEWAY_URL=http://localhost:$GATEWAY_PORT
    CONSOLE_URL=http://localhost:$CONSOLE_PORT
}

# database_url <role>: the user's own for everybody, or the embedded server's with that role's password
database_url() {
    local password=DB_PASSWORD_$1
    printf '%s' "${DATABASE_URL:-postgresql://$1:${!password}@127.0.0.1:$POSTGRES_PORT/llm_platform}"
}

SECRET_NAMES='SECRET_KEY API_KEY_PEPPER KEY_ENCRYPTION_KEY PERSONAL_DATA_KEY DB_PASSWORD_postgres DB_PASSWORD_command_service DB_PASSWORD_projections DB_PASSWORD_query_service'

random_secret() {
    local value
    value=$(LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c 48 || true)
    [ ${#value} = 48 ] || fail 'no randomness from /dev/urandom'
    printf '%s' "$value"
}

# Secrets are made once and kept; without them the data cannot be read again.
load_secrets() {
    local file=$STATE/secrets.env name value names=$SECRET_NAMES
    # A user's own key comes with its own version and former keys.
    [ -n "${KEY_ENCRYPTION_KEY:-}${KEY_ENCRYPTION_KEY_FILE:-}" ] || names="$names KEY_ENCRYPTION_KEY_VERSION KEY_ENCRYPTION_KEY_PREVIOUS"
    [ -z "${KEY_ENCRYPTION_KEY_FILE:-}" ] || names=${names/KEY_ENCRYPTION_KEY/}
    if [ -f "$file" ]; then
        while IFS='=' read -r name value; do
            case " $names " in *" $name "*) [ -n "${!name:-}" ] || printf -v "$name" '%s' "$value" ;; esac
        done <"$file"
    fi
    for name in $SECRET_NAMES; do
        [ -n "${!name:-}" ] && continue
        case " $names " in *" $name "*) ;; *) continue ;; esac
        value=$(random_secret)
        (umask 077 && printf '%s=%s\n' "$name" "$value" >>"$file")
        printf -v "$name" '%s' "$value"
    done
    [ ! -f "$file" ] || chmod 600 "$file"
    (
        umask 077
        for name in postgres command_service projections query_service; do
            value=DB_PASSWORD_$name
            printf '%s=%s\n' "$name" "${!value}"
        done >"$STATE/roles.properties"
    )
}

make_state() {
    mkdir -p "$STATE" "$SHARED"
    chmod 700 "$STATE"
    mkdir -p "$RUN" "$LOGS" "$APPS" "$STATE/data"
    : >"$MARKER"
}
