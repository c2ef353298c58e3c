# shellcheck shell=bash
# What each component is: its ports, its environment, its command line, when it is healthy.

# ports_of <component>: the variables that hold its ports
ports_of() {
    case $1 in
        postgres) echo POSTGRES_PORT ;;
        kafka) echo KAFKA_PORT ;;
        search) echo SEARCH_PORT ;;
        command-service) echo COMMAND_PORT ;;
        query-service) echo QUERY_PORT ;;
        projections) echo PROJECTIONS_PORT ;;
        proxy-service) echo PROXY_MANAGEMENT_PORT GATEWAY_PORT CONSOLE_PORT ;;
    esac
}

# variables_of <component>: all it may see. SECRET_KEY stays with the command-service, the pepper with it and the gateway.
variables_of() {
    local common='PLATFORM_MODE BIND_ADDRESS KAFKA_REPLICATION_FACTOR'
    local kek='KEY_ENCRYPTION_KEY KEY_ENCRYPTION_KEY_FILE KEY_ENCRYPTION_KEY_VERSION KEY_ENCRYPTION_KEY_PREVIOUS KEY_ENCRYPTION_KEY_PREVIOUS_FILE'
    local search='SEARCH_INDEX_PREFIX SEARCH_URL SEARCH_USERNAME SEARCH_PASSWORD'
    case $1 in
        command-service) echo "$common COMMAND_PORT DATABASE_URL KAFKA_BOOTSTRAP_SERVERS SECRET_KEY API_KEY_PEPPER PERSONAL_DATA_KEY $kek" \
            'ACCESS_TOKEN_EXPIRE_MINUTES SESSION_IDLE_MINUTES SESSION_LIFETIME_MINUTES ADMIN_USERNAME ADMIN_PASSWORD OIDC_ISSUER OIDC_CLIENT_ID OIDC_CLIENT_SECRET OIDC_REDIRECT_URL OIDC_NAME OIDC_SCOPES OIDC_ROLE_CLAIM OIDC_ROLE_MAP OIDC_DEFAULT_ROLE USE_MOCK_SERVICE OPENAI_API_KEY DEEPSEEK_API_KEY CLAUDE_API_KEY GEMINI_API_KEY UPSTREAM_ALLOW_PRIVATE' ;;
        projections) echo "$common PROJECTIONS_PORT DATABASE_URL KAFKA_BOOTSTRAP_SERVERS PERSONAL_DATA_KEY $search" ;;
        query-service) echo "$common QUERY_PORT DATABASE_URL KAFKA_BOOTSTRAP_SERVERS $search" ;;
        log-keeper | archiver) echo PLATFORM_DATA ;;
        proxy-service) echo "$common PROXY_MANAGEMENT_PORT GATEWAY_PORT GATEWAY_HOST GATEWAY_INSTANCE CONSOLE_PORT CONSOLE_DIR KAFKA_BOOTSTRAP_SERVERS" \
            "API_KEY_PEPPER $kek" 'COMMAND_URL QUERY_URL PROXY_DATA_DIR BACKEND_CORS_ORIGINS API_V1_STR PROJECT_NAME TRUSTED_PROXIES' \
            'JOURNAL_FSYNC JOURNAL_MAX_BYTES JOURNAL_SEGMENT_BYTES MAX_BODY_BYTES MAX_EVENT_BYTES MAX_INFLIGHT_BODY_BYTES UPSTREAM_CONNECT_TIMEOUT UPSTREAM_FIRST_BYTE_TIMEOUT' \
            'UPSTREAM_IDLE_TIMEOUT SSE_KEEP_ALIVE CLIENT_STALL_TIMEOUT CONFIG_BROKER_WAIT UPSTREAM_ALLOW_PRIVATE' \
            'REQUEST_TOTAL_TIMEOUT MAX_CONCURRENT_REQUESTS UPSTREAM_MAX_ATTEMPTS RESERVED_COMPLETION_TOKENS CACHE_MAX_BYTES RESPONSES_MAX_AGE RESPONSES_MAX_BYTES WEB_SEARCH_TOOL REDIS_URL' ;;
    esac
}

# role_of <component>: the database role it connects as
role_of() {
    case $1 in
        command-service) echo command_service ;;
        projections) echo projections ;;
        query-service) echo query_service ;;
    esac
}

# keep_environment_of <component>: exports what it may see and takes away the rest; builtins only, so no secret is ever in an argument list
keep_environment_of() {
    local allowed name role
    role=$(role_of "$1")
    [ -z "$role" ] || DATABASE_URL=$(database_url "$role")
    CONSOLE_DIR=$APPS/console
    PLATFORM_DATA=$STATE
    allowed=" $(variables_of "$1") "
    while read -r name; do
        case " PATH HOME USER LANG LC_ALL TZ TMPDIR JAVA_HOME $allowed" in
            *" $name "*) ;;
            *) case $name in LOGGING_* | OTEL_*) ;; *) unset "$name" 2>/dev/null || true ;; esac ;;
        esac
    done < <(compgen -e)
    for name in $allowed; do
        # shellcheck disable=SC2163 # the variable that is named
        [ -z "${!name:-}" ] || export "$name"
    done
}

heap_of() {
    case $1 in
        postgres) echo 48m ;;
        kafka | search) echo 512m ;;
        projections) echo 320m ;;
        # A large answer is held whole, and more than once; what is not needed is not touched.
        proxy-service) echo 384m ;;
        *) echo 256m ;;
    esac
}

# deploy <component>: a copy to run from, because a build rewrites jars under running processes
deploy() {
    local name=$1 app=$APPS/$1 jar library
    case $name in
        postgres | kafka | search) jar=$(embedded_jar "$name") ;;
        *) jar=$(service_jar "$name") ;;
    esac
    [ "$app/.deployed" -nt "$jar" ] && return
    if [ ! -s "$jar" ]; then
        bad "$name" "is not built: no $jar"
        return 1
    fi
    rm -rf "$app.new"
    case $name in
        postgres | kafka | search)
            mkdir -p "$app.new/lib"
            cp "$jar" "$app.new/$name.jar" || return 1
            for library in "${jar%/*}"/lib/*.jar; do
                case $library in
                    */embedded-launch-*) cp "$library" "$app.new/lib/" ;;
                    *) ln "$library" "$app.new/lib/" 2>/dev/null || cp "$library" "$app.new/lib/" || return 1 ;;
                esac
            done
            ;;
        *)
            # Unpacked, a service starts faster than from one jar of jars.
            "$JAVA" -Xshare:auto -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djarmode=tools -jar "$jar" extract --destination "$app.new" >/dev/null || return 1
            mv "$app.new/${jar##*/}" "$app.new/$name.jar"
            ;;
    esac
    rm -rf "$app"
    mv "$app.new" "$app" && touch "$app/.deployed"
}

deploy_console() {
    local app=$APPS/console
    [ "$app/.deployed" -nt "$ROOT/frontend/dist/index.html" ] && return
    rm -rf "$app.new"
    cp -R "$ROOT/frontend/dist" "$app.new" || fail 'frontend/dist is missing: the console was not built'
    touch "$app.new/.deployed"
    rm -rf "$app"
    mv "$app.new" "$app"
}

# A class archive holds for the ones it was made with.
MODULE_OPTIONS=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)

# start <component>
start() {
    local name=$1 data port option
    set -- "$JAVA" "-Xmx$(heap_of "$name")" -XX:+UseSerialGC -Xshare:auto -XX:+ExitOnOutOfMemoryError "${MODULE_OPTIONS[@]}"
    # A virtual thread that loads a class keeps its carrier: with two of them, two could wait for a lock whose owner nobody is left to run.
    set -- "$@" -Djdk.virtualThreadScheduler.parallelism=8
    # The quick compiler alone halves the CPU that a start costs (measured: search 19 s to 10 s); those that carry the load get both.
    # The gateway's memory is its heap: a third of it young would be touched within seconds and never given back.
    case $name in
        proxy-service) set -- "$@" -Xmn64m -XX:SurvivorRatio=3 ;;
        search | projections) ;;
        *) set -- "$@" -XX:TieredStopAtLevel=1 ;;
    esac
    option=$(archive_option "$name")
    [ -z "$option" ] || set -- "$@" "$option"
    # shellcheck disable=SC2086 # a list of options
    set -- "$@" ${PLATFORM_JAVA_OPTIONS:-}
    set -- "$@" -jar "$APPS/$name/$name.jar"
    case $name in
        postgres | kafka | search)
            port=$(ports_of "$name")
            data=$STATE/data/$name
            set -- "$@" "$data" "${!port}"
            [ "$name" != postgres ] || set -- "$@" "--roles-file=$STATE/roles.properties" "--programs=$SHARED/tools/postgres"
            ;;
    esac
    spawn "$name" "$@"
}

# answers <listening address> <port>: the service there says that it is healthy
answers() { [ "$(http_status "$(reachable "$1")" "$2" /health)" = 200 ]; }

# healthy <component>: it answers
healthy() {
    case $1 in
        postgres | kafka | search)
            local port
            port=$(ports_of "$1")
            grep -q '^READY' "$RUN/$1.out" 2>/dev/null && port_open "${!port}"
            ;;
        command-service) answers "${BIND_ADDRESS:-}" "$COMMAND_PORT" ;;
        query-service) answers "${BIND_ADDRESS:-}" "$QUERY_PORT" ;;
        projections) answers "${BIND_ADDRESS:-}" "$PROJECTIONS_PORT" ;;
        proxy-service)
            answers "${BIND_ADDRESS:-}" "$PROXY_MANAGEMENT_PORT" && answers "${GATEWAY_HOST:-}" "$GATEWAY_PORT" \
                && answers "${GATEWAY_HOST:-}" "$CONSOLE_PORT"
            ;;
    esac
}

# needs_of <component>: what must serve before it starts; everything else it waits for itself
needs_of() {
    case $1 in
        command-service | projections | query-service) case $EMBEDDED in *postgres*) echo postgres ;; esac ;;
    esac
}

address_of() {
    local port list=''
    for port in $(ports_of "$1"); do list="$list ${!port}"; done
    printf '127.0.0.1:%s' "$(echo "$list" | sed 's/^ //; s/ /, /g')"
}
