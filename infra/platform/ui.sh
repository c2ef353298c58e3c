# shellcheck shell=bash
# Lines for the person in front of the terminal; colours only where there is one.

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    BOLD=$'\e[1m' DIM=$'\e[2m' RED=$'\e[31m' GREEN=$'\e[32m' PLAIN=$'\e[0m'
else
    BOLD='' DIM='' RED='' GREEN='' PLAIN=''
fi

say() { printf '%s\n' "$*"; }

heading() { printf '%s%s%s\n' "$BOLD" "$*" "$PLAIN"; }

# ok <what> <detail> <seconds>
ok() { printf '  %s✓%s %-18s %-46s %s%4s s%s\n' "$GREEN" "$PLAIN" "$1" "$2" "$DIM" "$3" "$PLAIN"; }

# bad <what> <detail>
bad() { printf '  %s✗%s %-18s %s\n' "$RED" "$PLAIN" "$1" "$2" >&2; }

fail() {
    printf '%splatform: %s%s\n' "$RED" "$*" "$PLAIN" >&2
    exit 1
}

# tail_of <file> <lines>: its last lines without the frames of stack traces, indented, for a message about a failure
tail_of() {
    [ ! -s "$1" ] || tail -n 1000 "$1" | grep -vE '^[[:space:]]+(at |\.\.\. )' | tail -n "$2" | cut -c1-400 | sed 's/^/      /' >&2 || true
}
