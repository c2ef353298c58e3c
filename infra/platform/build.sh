# shellcheck shell=bash
# Builds what is missing or older than its sources. Marks carry the time a build began, so that a file saved meanwhile counts.

MARKS=$SHARED/built
EMBEDDED_SERVERS='postgres kafka search'

embedded_jar() { printf '%s' "$ROOT/infra/embedded/$1/target/embedded-$1-server-0.1.0-SNAPSHOT.jar"; }

service_jar() { printf '%s' "$ROOT/$1/target/$1-0.1.0-SNAPSHOT.jar"; }

# stale <mark> <product> <source…>: what a build generates among its sources does not count
stale() {
    local mark=$MARKS/$1 product=$2 source
    shift 2
    [ -e "$product" ] && [ -e "$mark" ] || return 0
    for source in "$@"; do
        [ ! -e "$source" ] || [ -z "$(find "$source" -name generated -prune -o -newer "$mark" -print 2>/dev/null | head -n 1)" ] || return 0
    done
    return 1
}

stale_modules() {
    local name
    for name in $EMBEDDED_SERVERS; do
        ! stale "embedded-$name" "$(embedded_jar "$name")" \
            "$ROOT"/infra/embedded/{pom.xml,launch/pom.xml,launch/src/main,"$name"/pom.xml,"$name"/src/main} \
            || printf 'infra/embedded/%s ' "$name"
    done
    for name in $SERVICES; do
        ! stale "$name" "$(service_jar "$name")" \
            "$ROOT"/{pom.xml,contracts/pom.xml,contracts/src/main,logs/pom.xml,logs/src/main,"$name"/pom.xml,"$name"/src/main} \
            || printf '%s ' "$name"
    done
}

# mark_built <moment file> <module…>
mark_built() {
    local moment=$1 module
    shift
    for module in "$@"; do
        module=${module#infra/}
        cp -p "$moment" "$MARKS/${module//\//-}"
    done
}

console_stale() {
    stale console "$ROOT/frontend/dist/index.html" \
        "$ROOT"/frontend/{src,public,build,scripts,index.html,package.json,package-lock.json,vite.config.ts,tsconfig.json} \
        "$ROOT/contracts/src/main/resources/openapi"
}

# logged <what> <detail> <command…>: one line when it is done, its last words when it failed. As everywhere under `if`,
# `set -e` does not hold inside the command: it must return its failures itself.
logged() {
    local what=$1 detail=$2 log="$SHARED/build-$1.log" started=$SECONDS
    shift 2
    if "$@" </dev/null >"$log" 2>&1; then
        ok "$what" "$detail" $((SECONDS - started))
    else
        bad "$what" "the build failed; all of it is in $log:"
        tail_of "$log" 40
        return 1
    fi
}

# package <module…>: as Maven names them
package() {
    local moment=$MARKS/.moment-java modules
    touch "$moment"
    modules=$(printf '%s,' "$@")
    (cd "$ROOT" && mvn -q -B -ntp -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip package -am -pl "${modules%,}") || return 1
    mark_built "$moment" "$@"
}

# Exactly the lock file's packages. npm 11 refuses a lock that lacks the packages of other platforms, which some registries do
# not carry; npm 10 installs what this machine needs.
clean_packages() { npx --yes npm@10 ci --no-audit --no-fund; }

console_packages() {
    if [ ! -d node_modules ] || [ package-lock.json -nt "$MARKS/console-packages" ]; then
        clean_packages && touch "$MARKS/console-packages"
    fi
}

# console_moment <file>: now, after what the build makes among the sources has its folder: a folder made later would count
console_moment() {
    mkdir -p "$ROOT/frontend/src/api/generated"
    touch "$1"
}

build_console() {
    local moment=$MARKS/.moment-console
    console_moment "$moment"
    (cd "$ROOT/frontend" && console_packages && npm run build) || return 1
    cp -p "$moment" "$MARKS/console"
}

build() {
    local modules jobs='' failed=''
    mkdir -p "$MARKS"
    take_lock "$SHARED/build.lock"
    modules=$(stale_modules)
    if [ -n "$modules" ] || console_stale; then
        heading 'Building what is missing or older than its sources'
    fi
    if [ -n "$modules" ]; then
        find_maven
        # shellcheck disable=SC2086,SC2116 # a list of module names
        logged java "$(echo $modules | wc -w | tr -d ' ') modules" package $modules &
        jobs="$jobs $!"
    fi
    if console_stale; then
        find_node
        logged console 'frontend/dist' build_console &
        jobs="$jobs $!"
    fi
    # shellcheck disable=SC2086 # a list of pids
    await_jobs $jobs || failed=yes
    [ -z "$failed" ] || fail 'nothing was started, because the build failed'
    rm -f "$SHARED/build.lock"
}
