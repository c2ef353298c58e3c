# shellcheck shell=bash
# ./platform bench: the gateway beside its peers on this machine, on a stack and data of its own; all of it in bench/README.md.

# Changed by hand and on purpose: a table is about these versions.
PORTKEY_PACKAGE=@portkey-ai/gateway@1.15.2 # and the rest of bench/peers/portkey/package.json
LITELLM_PACKAGE='litellm[proxy]==1.93.0'
PEERS=$ROOT/bench/.peers

bench_jar() { printf '%s' "$ROOT/bench/target/bench-0.1.0-SNAPSHOT.jar"; }

bench() {
    case ${1:-} in
        help | --help) bench_help ;;
        micro)
            shift
            bench_micro "$@"
            ;;
        rebuild | freshness | analytics) bench_read_side "$@" ;;
        table)
            shift
            find_java
            bench_build
            "$JAVA" -jar "$(bench_jar)" table "$@"
            ;;
        *) bench_run "$@" ;;
    esac
}

bench_help() {
    cat <<TEXT
Usage: ./platform bench [options]          the gateway beside its peers; some 15 minutes
       ./platform bench micro [options]    JMH benchmarks of the gateway's own parts; options and patterns are JMH's
       ./platform bench rebuild [options]  events from Kafka into PostgreSQL and search: --events <n> (1000000), --only usage,request_search,together
       ./platform bench freshness [options]  how soon a request is counted: --rate <n> (1000), --seconds <n> (60)
       ./platform bench analytics [options]  how long the dashboard's questions take: --rows <n> (10000000), --days <n> (365), --rounds <n> (10)
       ./platform bench table <run.json>   the Markdown of a run again

  --quick           one short round, to see that it works
  --rounds <n>      3 where nothing is said
  --targets a,b     some of direct,nginx,llm-platform,portkey,litellm,bifrost
  --measures a,b    some of latency,throughput-32,throughput-256,body-10k,body-100k,first-token,stream-fast,streams-1000
  --warm-up <n>     seconds of load on each target before the first round, 20 where nothing is said
  --soak <n>        minutes of load on our gateway alone behind the rounds, its memory minute by minute; none where nothing is said
  --keep            leave the stack running afterwards; the next run with --keep finds it warm, with its data

Settings: PLATFORM_BENCH_PORT_OFFSET (default 12000), PLATFORM_JAVA_OPTIONS, and what the services take.
TEXT
}

bench_run() {
    local argument keep='' given=()
    for argument in "$@"; do
        if [ "$argument" = --keep ]; then keep=yes; else given+=("$argument"); fi
    done
    bench_environment
    find_java
    find_node
    bench_build
    bench_programs
    bench_peers "${given[*]:-}"
    # Many streams at once: two sockets each in a gateway.
    ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
    if [ -z "$keep" ]; then
        BENCH_ENDS_STACK=yes
        trap 'bench_end; on_exit' EXIT
        if [ -e "$PLATFORM_DATA/.llm-platform" ]; then "$ROOT/platform" reset --yes >/dev/null; fi
    fi
    mkdir -p "$PLATFORM_DATA/bench"
    "$JAVA" -XX:+UseSerialGC -Xmx512m -jar "$(bench_jar)" run --root "$ROOT" --work "$PLATFORM_DATA/bench" \
        --port $((8200 + PLATFORM_PORT_OFFSET)) ${given[@]+"${given[@]}"} </dev/null
}

# The read side: on a stack of its own, whose rows and documents it empties.
bench_read_side() {
    bench_environment
    find_java
    find_node
    bench_build
    BENCH_ENDS_STACK=yes
    trap 'bench_end; on_exit' EXIT
    if [ -e "$PLATFORM_DATA/.llm-platform" ]; then "$ROOT/platform" reset --yes >/dev/null; fi
    "$ROOT/platform" up && "$ROOT/platform" _bench-inside "$@"
}

# Called again with the state folder and the ports of that stack.
bench_inside() {
    find_java
    load_secrets
    cd "$ROOT"
    KAFKA_BOOTSTRAP_SERVERS=$KAFKA_BOOTSTRAP_SERVERS SEARCH_URL=$SEARCH_URL QUERY_URL=$QUERY_URL COMMAND_URL=$COMMAND_URL \
        DATABASE_URL=$(database_url projections) "$JAVA" -XX:+UseSerialGC -Xmx512m -jar "$(bench_jar)" "$@" </dev/null
}

bench_end() {
    [ -z "${BENCH_ENDS_STACK:-}" ] || "$ROOT/platform" down >/dev/null 2>&1 || true
}

# A user's stack stays out of it; what tunes a service is kept, for that is what one wants to compare.
bench_environment() {
    local name
    for name in DATABASE_URL KAFKA_BOOTSTRAP_SERVERS SEARCH_URL COMMAND_URL QUERY_URL PROXY_DATA_DIR BACKEND_CORS_ORIGINS CONSOLE_PORT \
        GATEWAY_PORT COMMAND_PORT QUERY_PORT PROJECTIONS_PORT PROXY_MANAGEMENT_PORT POSTGRES_PORT KAFKA_PORT SEARCH_PORT REDIS_URL; do
        unset "$name"
    done
    # A process that makes class archives in the background would be measured along.
    export PLATFORM_MODE=demo UPSTREAM_ALLOW_PRIVATE=true PLATFORM_SKIP_ARCHIVES=yes
    # One login lasts a whole measurement.
    export ACCESS_TOKEN_EXPIRE_MINUTES=1440
    export PLATFORM_DATA=$ROOT/.platform-bench PLATFORM_PORT_OFFSET=${PLATFORM_BENCH_PORT_OFFSET:-12000}
    # Servers are stopped and started during a run: the load's own connections must not get their ports meanwhile.
    local lowest=32768
    { read -r lowest _ </proc/sys/net/ipv4/ip_local_port_range; } 2>/dev/null || true
    [ $((19200 + PLATFORM_PORT_OFFSET)) -lt "$lowest" ] \
        || fail "PLATFORM_BENCH_PORT_OFFSET: expected less than $((lowest - 19200)), below the ports of outgoing connections, got $PLATFORM_PORT_OFFSET"
}

bench_build() {
    local moment=$MARKS/.moment-bench
    mkdir -p "$MARKS"
    stale bench "$(bench_jar)" "$ROOT"/{pom.xml,bench/pom.xml,bench/src/main,contracts/src/main} || return 0
    find_maven
    touch "$moment"
    logged bench 'bench/target' bench_package || fail 'bench: it does not build'
    cp -p "$moment" "$MARKS/bench"
}

bench_package() {
    (cd "$ROOT" && mvn -q -B -ntp -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip -Dbench.plain package -am -pl bench)
}

# The parts of the gateway by JMH. Built with the gateway, so apart from the rest of the module.
bench_micro() {
    find_java
    find_maven
    mkdir -p "$MARKS" "$ROOT/bench/results"
    logged micro 'the gateway and bench' bench_micro_package || fail 'bench: it does not build'
    rm -f "$MARKS/bench"
    "$JAVA" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
        -cp "$(bench_jar):$ROOT/bench/target/lib/*" org.openjdk.jmh.Main \
        -rf json -rff "$ROOT/bench/results/micro-$(date -u +%Y%m%d-%H%M%S).json" "$@"
}

bench_micro_package() {
    (cd "$ROOT" && mvn -q -B -ntp -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip package -am -pl bench)
}

# Programs of the system: wrk makes the load and must be there, nginx is a target among others.
bench_programs() {
    local missing=''
    command -v wrk >/dev/null || missing="$missing wrk"
    [ -x /usr/sbin/nginx ] || missing="$missing nginx-light"
    if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        # shellcheck disable=SC2086 # a list of packages
        logged programs "apt-get install$missing" bench_apt $missing || true
    fi
    command -v wrk >/dev/null || fail 'bench: wrk is missing: install it (Debian: apt-get install wrk; macOS: brew install wrk)'
}

bench_apt() {
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; } </dev/null
}

# bench_peers <options>: those that the run wants; one that cannot be had leaves a word why, which ends in the table
bench_peers() {
    mkdir -p "$PEERS"
    if bench_wants portkey "$1"; then bench_peer portkey "$PORTKEY_PACKAGE" bench_portkey; fi
    if bench_wants litellm "$1"; then bench_peer litellm "$LITELLM_PACKAGE" bench_litellm; fi
}

# bench_wants <target> <options>
bench_wants() {
    case $2 in
        *--targets*"$1"*) true ;;
        *--targets*) false ;;
    esac
}

# bench_peer <name> <package> <function>
bench_peer() {
    [ "$(cat "$PEERS/$1.installed" 2>/dev/null)" != "$2" ] || return 0
    rm -rf "${PEERS:?}/$1" "$PEERS/$1.installed" "$PEERS/$1.why"
    if logged "$1" "$2" "$3"; then
        printf '%s\n' "$2" >"$PEERS/$1.installed"
    else
        printf '%s could not be installed: %s\n' "$2" "$(tail -n 1 "$SHARED/build-$1.log" | cut -c1-200)" >"$PEERS/$1.why"
    fi
}

bench_portkey() {
    mkdir -p "$PEERS/portkey" && cp "$ROOT/bench/peers/portkey/package.json" "$PEERS/portkey/" \
        && npm install --prefix "$PEERS/portkey" --no-audit --no-fund --omit=dev
}

bench_litellm() {
    python3 -m venv "$PEERS/litellm" || { bench_apt python3-venv && python3 -m venv "$PEERS/litellm"; } || return 1
    "$PEERS/litellm/bin/pip" install -q --disable-pip-version-check "$LITELLM_PACKAGE"
}
