# shellcheck shell=bash
# ./platform rotate-kek: another key-encryption key for a stack that made its own, with every secret rewrapped.

# kept <name>: its value in the file of secrets; nothing when it is not there
kept() { sed -n "s/^$1=//p" "$STATE/secrets.env" | head -n 1; }

# keep <name=value…>: replaces them in the file of secrets, all or none; without a value it is taken out
keep() {
    local file=$STATE/secrets.env line
    (
        umask 077
        cp "$file" "$file.new"
        for line in "$@"; do
            sed -i.old "/^${line%%=*}=/d" "$file.new" && rm -f "$file.new.old"
            [ -z "${line#*=}" ] || printf '%s\n' "$line" >>"$file.new"
        done
    )
    mv "$file.new" "$file"
}

# An access token of an administrator, from PLATFORM_ACCESS_TOKEN or by a login.
admin_token() {
    local username=${ADMIN_USERNAME:-} password=${ADMIN_PASSWORD:-} answer
    if [ -n "${PLATFORM_ACCESS_TOKEN:-}" ]; then
        printf '%s' "$PLATFORM_ACCESS_TOKEN"
        return
    fi
    if [ "$PLATFORM_MODE" = demo ]; then username=${username:-admin} password=${password:-admin123}; fi
    if [ -z "$username" ] || [ -z "$password" ]; then
        fail 'rotate-kek: set ADMIN_USERNAME and ADMIN_PASSWORD of an administrator, or PLATFORM_ACCESS_TOKEN'
    fi
    case $username$password in *[\"\\]*) fail 'rotate-kek: set PLATFORM_ACCESS_TOKEN: this user name or password cannot be used here' ;; esac
    answer=$(printf '{"username":"%s","password":"%s"}' "$username" "$password" \
        | curl -fsS -H 'Content-Type: application/json' --data-binary @- "$GATEWAY_URL/api/admin/v1/auth/login") || return 1
    printf '%s' "$answer" | sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p'
}

rotate_kek() {
    local version former token name
    [ -z "${KEY_ENCRYPTION_KEY:-}${KEY_ENCRYPTION_KEY_FILE:-}" ] \
        || fail 'rotate-kek: the key comes from your environment; change it there, as the README tells'
    [ -f "$STATE/secrets.env" ] || fail "rotate-kek: there is no stack in $STATE"
    version=$(kept KEY_ENCRYPTION_KEY_VERSION)
    version=${version:-1}
    if [ -z "$(kept KEY_ENCRYPTION_KEY_PREVIOUS)" ]; then
        former=$(kept KEY_ENCRYPTION_KEY)
        keep "KEY_ENCRYPTION_KEY_PREVIOUS=$version:$former" "KEY_ENCRYPTION_KEY_VERSION=$((version + 1))" \
            "KEY_ENCRYPTION_KEY=$(random_secret)"
        version=$((version + 1))
    else
        say 'going on with a rotation that was interrupted'
    fi
    # The gateway first: it must open what the command-service is about to rewrap.
    for name in proxy-service command-service; do
        "$ROOT/platform" stop "$name"
        "$ROOT/platform" start "$name" || fail "rotate-kek: $name did not start; run it again"
    done
    token=$(admin_token) || token=''
    [ -n "$token" ] || fail 'rotate-kek: no login; nothing is lost, run it again'
    curl -fsS -X POST -H @<(printf 'Authorization: Bearer %s\n' "$token") "$GATEWAY_URL/api/admin/v1/secrets/rewrap" \
        || fail 'rotate-kek: not all secrets were rewrapped; nothing is lost, run it again'
    keep KEY_ENCRYPTION_KEY_PREVIOUS=
    say "
Version $version of the key-encryption key is in $STATE/secrets.env; the former one is gone from there."
}
