# shellcheck shell=bash
# Background processes by pid file, ports and their holders, health by HTTP. Nothing but bash and what every system has.

# identity <pid>: when the process started, so that a pid given to another program is told apart; fails when it is gone
identity() {
    local line
    if [ -d /proc/self ]; then
        { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
        # shellcheck disable=SC2086 # split on purpose: the fields after the program's name, from the state on
        set -- ${line##*) }
        case $1 in Z | X) return 1 ;; esac
        printf '%s' "${20}"
    else
        line=$(ps -o lstart= -p "$1") && [ -n "$line" ] && printf '%s' "${line// /_}"
    fi
}

# pid_of <component>: its live process; fails when there is none
pid_of() {
    local pid started
    { read -r pid started <"$RUN/$1.pid"; } 2>/dev/null || return 1
    [ "$(identity "$pid")" = "$started" ] || return 1
    printf '%s' "$pid"
}

# spawn <component> <command…>: in a session of its own, with that component's environment only
spawn() {
    local name=$1
    shift
    rm -f "$RUN/$name.out"
    (
        trap '' HUP
        cd "$STATE" || exit 1
        keep_environment_of "$name"
        if command -v setsid >/dev/null; then set -- setsid "$@"; fi
        case $name in
            # On standard output these say READY, once, and nothing else.
            postgres | kafka | search) exec "$@" </dev/null >"$RUN/$name.out" 2>>"$LOGS/$name.log" ;;
            log-keeper | archiver) exec "$@" </dev/null >/dev/null 2>&1 ;;
            *) exec "$@" </dev/null >>"$LOGS/$name.log" 2>&1 ;;
        esac
    ) &
    printf '%s %s\n' "$!" "$(identity "$!" || true)" >"$RUN/$name.pid"
}

# await_jobs <pid…>: waits for all of them; fails when one did. An exit meanwhile ends them (end_jobs).
await_jobs() {
    local job failed=''
    RUNNING_JOBS=$*
    for job in "$@"; do
        wait "$job" || failed=yes
    done
    RUNNING_JOBS=''
    [ -z "$failed" ]
}

# Background jobs of a script do not hear Ctrl-C.
end_jobs() {
    local job
    for job in ${RUNNING_JOBS:-}; do kill "$job" 2>/dev/null || true; done
}

# stop_pid <pid> <seconds> [signal]: asks, waits, and ends what did not listen
stop_pid() {
    local started deadline=$((SECONDS + $2))
    started=$(identity "$1") || return 0
    kill "-${3:-TERM}" "$1" 2>/dev/null || true
    while [ "$(identity "$1")" = "$started" ]; do
        if [ "$SECONDS" -ge "$deadline" ]; then
            kill -KILL "$1" 2>/dev/null || true
        fi
        sleep 0.1
    done
}

port_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# reachable <listening address>: where this machine reaches what listens there
reachable() {
    case ${1:-} in '' | 0.0.0.0 | ::) echo 127.0.0.1 ;; *) printf '%s' "$1" ;; esac
}

# http_status <address> <port> <path>: the status of a GET, nothing without an answer
http_status() {
    (
        exec 3<>"/dev/tcp/$1/$2" || exit 0
        printf 'GET %s HTTP/1.1\r\nHost: %s:%s\r\nConnection: close\r\n\r\n' "$3" "$1" "$2" >&3
        read -r -t 5 _ status _ <&3 && printf '%s' "$status"
    ) 2>/dev/null || true
}

# listener_of <port>: pid of who listens there, nothing when nobody does or it cannot be seen
listener_of() {
    local found=''
    if command -v ss >/dev/null; then
        found=$(ss -Hltnp "sport = :$1" 2>/dev/null | sed -n 's/.*pid=\([0-9]*\).*/\1/p' | head -n 1)
    elif command -v lsof >/dev/null; then
        found=$(lsof -nP -t -iTCP:"$1" -sTCP:LISTEN 2>/dev/null | head -n 1)
    elif [ -r /proc/net/tcp ]; then
        found=$(listener_by_inode "$1")
    fi
    printf '%s' "$found"
}

listener_by_inode() {
    local hex inode link
    hex=$(printf '%04X' "$1")
    # shellcheck disable=SC2013 # numbers, one a line
    for inode in $(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v p=":$hex" '$4 == "0A" && $2 ~ p "$" { print $10 }'); do
        for link in /proc/[0-9]*/fd/*; do
            if [ "$(readlink "$link" 2>/dev/null)" = "socket:[$inode]" ]; then
                link=${link#/proc/}
                printf '%s' "${link%%/*}"
                return
            fi
        done
    done
}

command_of() {
    if [ -r "/proc/$1/cmdline" ]; then
        tr '\0' ' ' <"/proc/$1/cmdline"
    else
        ps -o command= -p "$1" 2>/dev/null || true
    fi
}

# claim_port <component> <variable>: free, or made free of what an earlier run of ours left behind; else a failure
claim_port() {
    local port=${!2} pid command
    pid=$(listener_of "$port")
    if [ -z "$pid" ]; then
        port_open "$port" || return 0
        bad "$1" "port $port is taken by a process that only its owner can see (try: sudo ss -ltnp 'sport = :$port'); stop it or set $2"
        return 1
    fi
    command=$(command_of "$pid")
    case $command in
        *"$STATE/data/postgres/pgdata"*)
            stop_pid "$pid" 20 INT # PostgreSQL takes TERM for: when all clients have left
            return 0
            ;;
        *"$STATE/"*)
            stop_pid "$pid" 20
            return 0
            ;;
    esac
    bad "$1" "port $port is taken by process $pid (${command:0:100}); stop it or set $2"
    return 1
}

# take_lock <file>: until drop_locks; waits for a live holder, takes over from one that is gone
take_lock() {
    local me holder pid told=''
    me="$$ $(identity $$)"
    while ! ln -s "$me" "$1" 2>/dev/null; do
        holder=$(readlink "$1") || continue
        pid=${holder%% *}
        if [ "$holder" = "$me" ]; then
            return
        elif [ "$(identity "$pid")" != "${holder#* }" ]; then
            rm -f "$1"
        elif [ -z "$told" ]; then
            say "waiting for another ./platform, process $pid …"
            told=yes
        else
            sleep 0.3
        fi
    done
    HELD_LOCKS="${HELD_LOCKS:-} $1"
}

drop_locks() {
    local lock
    for lock in ${HELD_LOCKS:-}; do
        [ "$(readlink "$lock")" != "$$ $(identity $$)" ] || rm -f "$lock"
    done
}
