# shellcheck shell=bash
# What the shell asks of the management API: ./platform apply and ./platform projections. The programs are in infra/apply.

apply() { management_program apply.mjs "$@"; }

projections() { management_program projections.mjs "$@"; }

# management_program <file> <arguments…>
management_program() {
    local folder=$ROOT/infra/apply program=$1
    shift
    find_node
    if [ ! -f "$folder/node_modules/.package-lock.json" ] || [ "$folder/package-lock.json" -nt "$folder/node_modules/.package-lock.json" ]; then
        npm ci --prefix "$folder" --omit=dev --no-audit --no-fund --silent </dev/null >&2 || fail "npm could not fetch what $folder/package.json names"
    fi
    GATEWAY_URL=$GATEWAY_URL node "$folder/$program" "$@" || exit $?
}
