# shellcheck shell=bash
# ./platform apply: the management API as a file says; the program is infra/apply.

apply() {
    local folder=$ROOT/infra/apply
    find_node
    if [ ! -f "$folder/node_modules/.package-lock.json" ] || [ "$folder/package-lock.json" -nt "$folder/node_modules/.package-lock.json" ]; then
        npm ci --prefix "$folder" --omit=dev --no-audit --no-fund --silent </dev/null >&2 || fail "npm could not fetch what $folder/package.json names"
    fi
    GATEWAY_URL=$GATEWAY_URL node "$folder/apply.mjs" "$@" || exit $?
}
