# shellcheck shell=bash
# up, down, status, logs, reset and the single-component commands.

START_TIMEOUT=${PLATFORM_START_TIMEOUT:-300}
LOG_LIMIT=20000000 # bytes of one component's log before its older part is put aside

# bring_up <component> <folder of this run's marks>
bring_up() {
    local name=$1 marks=$2 began=$SECONDS pid='' need variable how=started
    pid=$(pid_of "$name") || pid=''
    if [ -n "$pid" ] && outdated "$name"; then
        stop_pid "$pid" 30
        pid='' how='restarted with the new build'
    elif [ -n "$pid" ]; then
        how='was running'
    fi
    if [ -z "$pid" ]; then
        deploy "$name" || return 1
        for need in $(needs_of "$name"); do
            until [ -e "$marks/$need" ]; do
                # The folder goes when `up` is interrupted: nobody will ever mark anything in it.
                [ -d "$marks" ] && [ ! -e "$marks/failed" ] || return 1
                sleep 0.2
            done
        done
        for variable in $(ports_of "$name"); do
            claim_port "$name" "$variable" || return 1
        done
        began=$SECONDS
        start "$name"
    fi
    await_health "$name" || return 1
    ok "$name" "$(address_of "$name")  $how" $((SECONDS - began))
    : >"$marks/$name"
}

# outdated <component>: a newer build than the one that runs is there
outdated() {
    local jar
    case $1 in
        postgres | kafka | search) return 1 ;; # their own restart is for the person to choose: ./platform down
        *) jar=$(service_jar "$1") ;;
    esac
    # The gateway reads the console into memory when it starts.
    if [ "$1" = proxy-service ] && [ "$APPS/console/.deployed" -nt "$RUN/proxy-service.pid" ]; then return; fi
    [ "$jar" -nt "$APPS/$1/.deployed" ]
}

await_health() {
    local name=$1 deadline=$((SECONDS + START_TIMEOUT))
    until healthy "$name"; do
        if ! pid_of "$name" >/dev/null; then
            bad "$name" "ended while starting; its last lines (all of them: ./platform logs $name):"
            tail_of "$LOGS/$name.log" 25
            return 1
        elif [ "$SECONDS" -ge "$deadline" ]; then
            bad "$name" "is not healthy after $START_TIMEOUT s; its last lines (all of them: ./platform logs $name):"
            tail_of "$LOGS/$name.log" 25
            return 1
        fi
        sleep 0.5
    done
}

up() {
    local began=$SECONDS name jobs='' failed=''
    prepare
    take_lock "$STATE/lock"
    find_java
    [ -n "${PLATFORM_SKIP_BUILD:-}" ] || build
    deploy_console
    load_secrets
    bound_logs
    UP_MARKS=$(mktemp -d "$RUN/up-XXXXXX")
    heading "Starting LLM Platform ($PLATFORM_MODE mode, state in $STATE)"
    for name in $COMPONENTS; do
        { bring_up "$name" "$UP_MARKS" || {
            { : >"$UP_MARKS/failed"; } 2>/dev/null
            false
        }; } &
        jobs="$jobs $!"
    done
    # shellcheck disable=SC2086 # a list of pids
    await_jobs $jobs || failed=yes
    rm -rf "$UP_MARKS"
    [ -z "$failed" ] || fail 'not everything started; what did start goes on (./platform status), and ./platform up tries again'
    keep_logs_bounded
    begin_archives
    welcome $((SECONDS - began))
}

welcome() {
    heading "Healthy after $1 s"
    say "  Console   $CONSOLE_URL"
    say "  API       $GATEWAY_URL/v1   (and $GATEWAY_URL/api/v1)"
    say "  API docs  $GATEWAY_URL/docs"
    if [ "$PLATFORM_MODE" = demo ]; then
        say '  Accounts  admin / admin123 (administrator), demo_user / demo123, developer / dev123'
    elif [ -n "${ADMIN_USERNAME:-}" ]; then
        say "  Account   $ADMIN_USERNAME (from ADMIN_USERNAME; its password from ADMIN_PASSWORD at the first start)"
    else
        say '  Account   none was made (production mode): for the first one, set ADMIN_USERNAME and ADMIN_PASSWORD and start again'
    fi
    say "  ${DIM}./platform status · logs [service] · down${PLAIN}"
}

# halt <component> <seconds>
halt() {
    local pid began=$SECONDS
    if pid=$(pid_of "$1"); then
        stop_pid "$pid" "$2"
        ok "$1" stopped $((SECONDS - began))
    fi
    rm -f "$RUN/$1.pid" "$RUN/$1.out"
}

# The door first, so that nothing new comes in; then who writes; then what they write to.
down() {
    local name
    if [ ! -e "$MARKER" ]; then
        say "nothing runs from $STATE"
        return
    fi
    take_lock "$STATE/lock"
    halt log-keeper 5 >/dev/null
    halt archiver 5 >/dev/null
    halt proxy-service 40
    for name in command-service projections query-service; do halt "$name" 40 & done
    wait
    for name in search kafka postgres; do halt "$name" 60 & done
    wait
    say 'Stopped; the data stay.'
}

status() {
    local name pid state since bad=''
    for name in $COMPONENTS; do
        since=$(date -r "$RUN/$name.pid" '+%F %T' 2>/dev/null || true)
        if ! pid=$(pid_of "$name"); then
            pid='-' since='-' state="${RED}stopped${PLAIN}" bad=yes
        elif healthy "$name"; then
            state="${GREEN}healthy${PLAIN}"
        else
            state="${RED}not healthy${PLAIN}" bad=yes
        fi
        printf '%-18s %-9s %-32s %-21s %s\n' "$name" "$pid" "$(address_of "$name")" "$since" "$state"
    done
    [ -z "$bad" ]
}

logs() {
    local name='' follow='' argument
    for argument in "$@"; do
        case $argument in
            -f | --follow) follow=-f ;;
            -*) fail "logs: unknown option $argument" ;;
            *) name=$argument ;;
        esac
    done
    if [ -n "$name" ]; then
        known "$name"
        [ -f "$LOGS/$name.log" ] || fail "no log of $name in $LOGS"
        exec tail -n "${PLATFORM_LOG_LINES:-200}" $follow "$LOGS/$name.log"
    fi
    set -- "$LOGS"/*.log
    [ -f "$1" ] || fail "no logs in $LOGS"
    exec tail -n "${PLATFORM_LOG_LINES:-20}" $follow "$@"
}

# Processes hold their logs open for appending, so a log is cut in place.
bound_logs() {
    local log
    for log in "$LOGS"/*.log; do
        if [ -f "$log" ] && [ "$(wc -c <"$log")" -gt "$LOG_LIMIT" ]; then
            tail -c "$((LOG_LIMIT / 2))" "$log" >"$log.1"
            : >"$log"
        fi
    done
}

# One quiet process that cuts logs while anything runs.
keep_logs_bounded() {
    if ! pid_of log-keeper >/dev/null; then
        spawn log-keeper "$ROOT/platform" _keep-logs
    fi
}

keep_logs() {
    local name running=yes nap=''
    trap 'kill "$nap" 2>/dev/null; exit 0' TERM
    while [ -n "$running" ]; do
        sleep 30 &
        nap=$!
        wait "$nap"
        bound_logs
        running=''
        for name in postgres kafka search $SERVICES; do
            ! pid_of "$name" >/dev/null || running=yes
        done
    done
}

reset() {
    local answer=''
    [ -e "$MARKER" ] || fail "$STATE holds no LLM Platform"
    if [ "${1:-}" != --yes ]; then
        [ -t 0 ] || fail 'reset deletes all data; without a terminal to ask on, say: ./platform reset --yes'
        read -r -p "Delete everything in $STATE: users, keys, usage, secrets, logs? Type yes: " answer
        [ "$answer" = yes ] || fail 'nothing was deleted'
    fi
    down
    rm -rf "$STATE/data" "$RUN" "$LOGS" "$APPS" "$STATE/secrets.env" "$STATE/roles.properties" "$MARKER"
    say 'All data deleted.'
}

known() {
    case " $COMPONENTS " in
        *" $1 "*) ;;
        *) fail "unknown service '$1'; one of:$COMPONENTS" ;;
    esac
}

# start_one | stop_one | kill_one <component>
start_one() {
    known "$1"
    prepare
    take_lock "$STATE/lock"
    find_java
    load_secrets
    UP_MARKS=$(mktemp -d "$RUN/up-XXXXXX")
    local need
    for need in $(needs_of "$1"); do : >"$UP_MARKS/$need"; done
    bring_up "$1" "$UP_MARKS" || exit 1
}

stop_one() {
    known "$1"
    take_lock "$STATE/lock"
    halt "$1" 60
}

kill_one() {
    local pid
    known "$1"
    pid=$(pid_of "$1") || fail "$1 does not run"
    kill -KILL "$pid"
    while [ -n "$(identity "$pid" || true)" ]; do sleep 0.05; done
    say "killed $1, process $pid"
}

prepare() {
    make_state
    mkdir -p "$PROXY_DATA_DIR"
}

# What a script needs to find this stack; no secrets.
environment() {
    local name
    for name in PLATFORM_MODE GATEWAY_URL CONSOLE_URL COMMAND_URL QUERY_URL KAFKA_BOOTSTRAP_SERVERS SEARCH_URL CONSOLE_PORT GATEWAY_PORT \
        COMMAND_PORT QUERY_PORT PROJECTIONS_PORT PROXY_MANAGEMENT_PORT POSTGRES_PORT KAFKA_PORT SEARCH_PORT PROXY_DATA_DIR; do
        printf '%s=%s\n' "$name" "${!name}"
    done
    printf 'PLATFORM_DATA=%s\n' "$STATE"
}
