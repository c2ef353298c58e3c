# shellcheck shell=bash
# Class archives: what a component's JVM loads at its start, parsed and verified beforehand and mapped into memory, which takes
# a third off the CPU of a start. The first start of a build lists its classes; once everything is healthy, one quiet process
# makes the archives, and later starts use them. They lie in the folder of the deployed build and go with it.

# archive_of <component>: for this JDK only; a JVM that finds another misfit starts without an archive
archive_of() {
    local name value version=unknown
    while IFS='=' read -r name value; do
        [ "$name" != JAVA_RUNTIME_VERSION ] || version=${value//[!A-Za-z0-9.+-]/}
    done < <(cat "$JAVA_HOME/release" 2>/dev/null)
    printf '%s/%s/classes-%s.jsa' "$APPS" "$1" "$version"
}

# archive_option <component>: to use its archive, or to list what belongs into one; nothing where options of the user's could
# ask for another heap or another form of objects than the archive has
archive_option() {
    local archive
    [ -z "${PLATFORM_JAVA_OPTIONS:-}${PLATFORM_SKIP_ARCHIVES:-}" ] || return 0
    archive=$(archive_of "$1")
    if [ -s "$archive" ]; then
        printf '%s' "-XX:SharedArchiveFile=$archive"
    else
        printf '%s' "-XX:DumpLoadedClassList=$APPS/$1/classes.list"
    fi
}

# archives_due: components with a list and no archive
archives_due() {
    local name
    for name in $COMPONENTS; do
        [ ! -s "$APPS/$name/classes.list" ] || [ -s "$(archive_of "$name")" ] || printf '%s ' "$name"
    done
}

begin_archives() {
    if [ -z "${PLATFORM_SKIP_ARCHIVES:-}" ] && [ -n "$(archives_due)" ] && ! pid_of archiver >/dev/null; then
        spawn archiver "$ROOT/platform" _make-archives
    fi
}

make_archives() {
    local name archive dump=''
    trap 'kill "$dump" 2>/dev/null; exit 0' TERM
    find_java
    for name in $(archives_due); do
        # From inside: a folder that a new build replaces meanwhile takes the archive of the old one along.
        cd "$APPS/$name" || continue
        archive=$(archive_of "$name")
        archive=${archive##*/}
        # The options of the later starts, but for the collector: only G1 archives heap objects, and each maps them.
        nice -n 19 "$JAVA" -Xshare:dump -Xmx512m -XX:+UseG1GC -XX:TieredStopAtLevel=1 "${MODULE_OPTIONS[@]}" \
            -XX:SharedClassListFile=classes.list "-XX:SharedArchiveFile=$archive.new" -jar "$APPS/$name/$name.jar" \
            >classes.log 2>&1 &
        dump=$!
        if wait "$dump"; then
            mv "$archive.new" "$archive" || true
        fi
        rm -f classes.list "$archive.new" # one that failed is tried again after the next start
    done
}
