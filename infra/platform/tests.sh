# shellcheck shell=bash
# ./platform test: everything, on a stack and data of its own. The first part that fails ends it.

SUMMARY=''

# part <name> <function>
part() {
    local name=$1 began=$SECONDS
    heading "== $name"
    if "$2"; then
        SUMMARY="$SUMMARY"$(printf '\n  %s✓%s %-52s %5s s' "$GREEN" "$PLAIN" "$name" $((SECONDS - began)))
    else
        SUMMARY="$SUMMARY"$(printf '\n  %s✗%s %-52s %5s s' "$RED" "$PLAIN" "$name" $((SECONDS - began)))
        summary
        fail "test: '$name' failed, see above; what comes after it was not run"
    fi
}

summary() { printf '%s%s%s%s\n' "$BOLD" 'Summary' "$PLAIN" "$SUMMARY"; }

# A user's stack and settings stay out of the tests.
own_environment() {
    local name
    for name in PLATFORM_MODE DATABASE_URL KAFKA_BOOTSTRAP_SERVERS SEARCH_URL COMMAND_URL QUERY_URL CONSOLE_DIR BIND_ADDRESS GATEWAY_HOST \
        PROXY_DATA_DIR BACKEND_CORS_ORIGINS API_V1_STR SECRET_KEY API_KEY_PEPPER KEY_ENCRYPTION_KEY KEY_ENCRYPTION_KEY_FILE KEY_ENCRYPTION_KEY_VERSION \
        KEY_ENCRYPTION_KEY_PREVIOUS KEY_ENCRYPTION_KEY_PREVIOUS_FILE PERSONAL_DATA_KEY USE_MOCK_SERVICE OPENAI_API_KEY \
        DEEPSEEK_API_KEY CLAUDE_API_KEY ADMIN_USERNAME ADMIN_PASSWORD CONSOLE_PORT GATEWAY_PORT COMMAND_PORT QUERY_PORT PROJECTIONS_PORT \
        PROXY_MANAGEMENT_PORT POSTGRES_PORT KAFKA_PORT SEARCH_PORT PLATFORM_SKIP_BUILD TRUSTED_PROXIES MAX_BODY_BYTES MAX_EVENT_BYTES MAX_INFLIGHT_BODY_BYTES \
        JOURNAL_FSYNC JOURNAL_MAX_BYTES JOURNAL_SEGMENT_BYTES ACCESS_TOKEN_EXPIRE_MINUTES SESSION_IDLE_MINUTES SESSION_LIFETIME_MINUTES OIDC_ISSUER OIDC_CLIENT_ID OIDC_CLIENT_SECRET OIDC_REDIRECT_URL OIDC_NAME OIDC_SCOPES OIDC_ROLE_CLAIM OIDC_ROLE_MAP OIDC_DEFAULT_ROLE SEARCH_INDEX_PREFIX SEARCH_USERNAME SEARCH_PASSWORD \
        KAFKA_REPLICATION_FACTOR PROJECT_NAME GATEWAY_INSTANCE UPSTREAM_CONNECT_TIMEOUT UPSTREAM_FIRST_BYTE_TIMEOUT UPSTREAM_IDLE_TIMEOUT \
        SSE_KEEP_ALIVE CLIENT_STALL_TIMEOUT CONFIG_BROKER_WAIT GEMINI_API_KEY UPSTREAM_ALLOW_PRIVATE \
        REQUEST_TOTAL_TIMEOUT MAX_CONCURRENT_REQUESTS UPSTREAM_MAX_ATTEMPTS RESERVED_COMPLETION_TOKENS CACHE_MAX_BYTES RESPONSES_MAX_AGE RESPONSES_MAX_BYTES WEB_SEARCH_TOOL REDIS_URL; do
        unset "$name"
    done
    # A stack that is thrown away starts too seldom to earn its class archives.
    export PLATFORM_SKIP_ARCHIVES=yes
    export PLATFORM_DATA PLATFORM_PORT_OFFSET=${PLATFORM_TEST_PORT_OFFSET:-10000}
    PLATFORM_DATA=$(mktemp -d "${TMPDIR:-/tmp}/llm-platform-test-XXXXXX")
}

find_chromium() {
    local candidate
    for candidate in "${CHROMIUM_PATH:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome \
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
        if [ -n "$candidate" ] && [ -x "$candidate" ]; then
            export CHROMIUM_PATH=$candidate
            return
        fi
    done
    fail 'test: no Chromium for the browser tests: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH'
}

java_part() {
    local moment=$MARKS/.moment-java name
    mkdir -p "$MARKS"
    touch "$moment"
    # Format first: it is told in seconds, the tests take minutes. Two modules at a time: on real servers they wait more than they compute.
    (cd "$ROOT" && mvn -B -ntp -q spotless:check && mvn -B -ntp -T 2 -Dspotless.check.skip verify) || return 1
    for name in $EMBEDDED_SERVERS; do mark_built "$moment" "infra/embedded/$name"; done
    # shellcheck disable=SC2086 # a list of module names
    mark_built "$moment" $SERVICES
}

console_part() {
    local moment=$MARKS/.moment-console
    console_moment "$moment"
    (cd "$ROOT/frontend" && clean_packages && npm run lint && npm run type-check && npm test && npm run build) || return 1
    (cd "$ROOT/infra/apply" && clean_packages && npm test) || return 1
    (cd "$ROOT/e2e" && clean_packages) || return 1
    touch "$MARKS/console-packages"
    cp -p "$moment" "$MARKS/console"
}

# The tests on real servers wait more than they compute: the console is built and tested meanwhile, and heard afterwards.
begin_console() {
    mkdir -p "$MARKS"
    CONSOLE_OUTPUT=$PLATFORM_DATA/console.out
    console_part >"$CONSOLE_OUTPUT" 2>&1 &
    CONSOLE_JOB=$!
}

console_result() {
    local status=0
    wait "$CONSOLE_JOB" || status=$?
    CONSOLE_JOB=''
    cat "$CONSOLE_OUTPUT"
    return "$status"
}

# end_console: with what npm started, which the end of its parent does not end
end_console() {
    local job
    [ -n "${CONSOLE_JOB:-}" ] || return 0
    for job in $(descendants "$CONSOLE_JOB"); do kill "$job" 2>/dev/null || true; done
    CONSOLE_JOB=''
}

# descendants <pid>: it and all below it, from the top down
descendants() {
    local child
    printf '%s ' "$1"
    for child in $(ps -A -o pid= -o ppid= | awk -v parent="$1" '$2 == parent { print $1 }'); do descendants "$child"; done
}

start_part() { "$ROOT/platform" up; }

journey_part() {
    (cd "$ROOT/e2e" && npm test)
}

# A fuzzer that nobody here wrote, on the OpenAPI document: no 5xx, no answer that the document does not tell of.
FUZZER='schemathesis==4.32.5'

fuzz_part() {
    local venv=$SHARED/tools/schemathesis
    if [ "$(cat "$venv/.installed" 2>/dev/null)" != "$FUZZER" ]; then
        rm -rf "$venv"
        python3 -m venv "$venv" && "$venv/bin/pip" install -q --disable-pip-version-check "$FUZZER" || return 1
        printf '%s\n' "$FUZZER" >"$venv/.installed"
    fi
    # The phase that tries every boundary takes a minute and a half: `npm run fuzz` in e2e, against a running stack.
    (cd "$ROOT/e2e" && FUZZ_PHASES=${FUZZ_PHASES:-examples,fuzzing} SCHEMATHESIS=$venv/bin/schemathesis node fuzz/run.mjs)
}

java_client_part() {
    (cd "$ROOT" && mvn -B -ntp -pl e2e -Pe2e verify)
}

end_part() { "$ROOT/platform" down; }

cleanup_test() {
    local status=$?
    end_console
    "$ROOT/platform" down >/dev/null 2>&1 || true
    if [ "$status" != 0 ] && [ -d "$PLATFORM_DATA/logs" ]; then
        rm -rf "$SHARED/test-logs"
        cp -R "$PLATFORM_DATA/logs" "$SHARED/test-logs"
        say "The services' logs of this run: $SHARED/test-logs"
    fi
    rm -rf "$PLATFORM_DATA"
    exit "$status"
}

# Reads no input: it also runs where nobody sits.
run_tests() {
    exec </dev/null
    find_java
    find_maven
    find_node
    find_chromium
    own_environment
    trap cleanup_test EXIT
    trap 'exit 130' INT TERM
    eval "$("$ROOT/platform" env | sed -n "s/^\(GATEWAY_URL\|CONSOLE_URL\)=\(.*\)/export PLATFORM_\1='\2'/p")"
    begin_console
    part 'Java: format, units, integration on real servers' java_part
    part 'Console: lint, types, units, build (beside Java)' console_result
    part "Stack: ./platform up on ports +$PLATFORM_PORT_OFFSET" start_part
    part 'End to end: Node clients and browser' journey_part
    part 'End to end: openai-java and langchain4j' java_client_part
    part 'End to end: the management API, fuzzed' fuzz_part
    part 'Stack: ./platform down' end_part
    summary
}
