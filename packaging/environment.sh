# Makes what the console needs on this machine, once; quick and silent about what is there already.
#
# Sourced by `demo` and `test`, which set `me` to their own name. Gives $root, $cache, $python and two functions:
#   prepare_console offscreen|window   the Python environment and the libraries Qt needs
#   prepare_tools                      the programs that only the tests need
# Messages go to standard error. A step that fails says what is missing, what was not changed and what to do.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
PATH="$PATH:/usr/sbin:/sbin"  # where a normal user's PATH has no sshd and no ip

LOCK_SECONDS_MAX=900
LOG_LINES_SHOWN=15
BUILT_HERE=ydiff,python-etcd  # what Patroni needs and nobody offers as a wheel
PACKAGES_OFFSCREEN=(libglib2.0-0 libgl1 libegl1 libfontconfig1 libdbus-1-3 libxkbcommon0 fonts-dejavu-core)
PACKAGES_X11=(libxkbcommon-x11-0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0
    libxcb-cursor0)
PACKAGES_WAYLAND=(libwayland-client0 libwayland-cursor0 libwayland-egl1)

say() { printf '%s: %s\n' "$me" "$*" >&2; }

stop() {
    say "$@"
    exit 1
}

# The place for environments: the user's cache, else a private directory of the system's own. Never the checkout, which
# may be read-only or belong to somebody else.
choose_cache() {
    local home_cache=""
    # Under sudo HOME may still be another user's: what root writes there that user could not change again.
    if [ -n "${HOME:-}" ] && [ -O "$HOME" ]; then home_cache="$HOME/.cache"; fi
    case "${XDG_CACHE_HOME:-}" in /*) home_cache="$XDG_CACHE_HOME" ;; esac
    cache="$home_cache/ledger-console"
    if [ -n "$home_cache" ] && mkdir -p "$cache" 2>/dev/null && [ -w "$cache" ]; then return; fi
    cache="${TMPDIR:-/tmp}/ledger-console-cache-$(id -u)"
    mkdir -m 700 "$cache" 2>/dev/null || true
    if [ -L "$cache" ] || [ ! -d "$cache" ] || [ ! -O "$cache" ]; then
        stop "no place for the Python environment: $cache is not ours. Set XDG_CACHE_HOME to a directory of yours."
    fi
}

# Sets $found (the interpreter), $state (good, bare, or empty), $name (of its environment) and $stamp (of the system).
find_python() {
    local candidate answer best="" candidates=(python3 python3.13 python3.12 python3.11)
    if [ -n "${PYTHON:-}" ]; then candidates=("$PYTHON"); fi
    for candidate in "${candidates[@]}"; do
        command -v "$candidate" >/dev/null || continue
        answer="$("$candidate" -I -S "$root/packaging/look.py" "$root/packaging/requirements.txt" 2>/dev/null)" ||
            continue
        case "$answer" in
            good*) best="$answer"; break ;;
            bare*) best="${best:-$answer}" ;;
        esac
    done
    { read -r state; read -r found; read -r name; read -r stamp; } <<<"$best" || true
}

# Whether apt can install for us; sets $privilege to what goes before it.
can_install() {
    privilege=()
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] && return 0
    privilege=(sudo -n)
    command -v sudo >/dev/null && sudo -n true 2>/dev/null
}

apt_get() {
    "${privilege[@]}" env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
        apt-get -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold "$@" \
        >>"$log" 2>&1 </dev/null 9>&-
}

# Installs packages by apt. The lists are fetched only if it does not work without: they may be empty or old.
install_packages() {
    say "installing by apt: $*"
    apt_get install "$@" || { apt_get update && apt_get install "$@"; } || {
        tail -n "$LOG_LINES_SHOWN" "$log" >&2
        return 1
    }
}

by_hand() { printf 'As root: apt-get update && apt-get install --no-install-recommends %s' "$*"; }

# One set-up at a time per cache; the lock ends with this shell, or with unlock.
lock() {
    log="$cache/set-up.log"
    command -v flock >/dev/null || return 0
    exec 9>"$cache/lock"
    flock -n 9 && return
    if [ -z "${waited:-}" ]; then say "another set-up is under way; waiting for it"; fi
    waited=yes
    flock -w "$LOCK_SECONDS_MAX" 9 ||
        stop "the other set-up did not end within $LOCK_SECONDS_MAX s. Nothing was changed."
}

unlock() { exec 9>&-; }

need_python() {
    find_python
    [ "$state" = good ] && return
    if [ -n "${PYTHON:-}" ] && [ -z "$state" ]; then
        stop "PYTHON=$PYTHON is no Python 3.11 or later. Nothing was changed."
    fi
    local packages=(python3 python3-venv)
    if [ "$state" = bare ]; then packages=(python3-venv "$(basename "$found")-venv"); fi
    if can_install; then
        lock
        # The second name is there for a Python that is not the system's own; python3-venv alone is right for most.
        install_packages "${packages[@]}" || install_packages python3-venv || true
        unlock
        find_python
        [ "$state" = good ] && return
    fi
    if [ "$state" = bare ]; then
        stop "$found cannot make an environment: its module 'ensurepip' is missing. $(by_hand python3-venv)"
    fi
    stop "no Python 3.11 or later was found (looked for python3, python3.13, python3.12, python3.11)." \
        "Install one, or name it: PYTHON=/path/to/python $me. $(by_hand python3 python3-venv)"
}

install_locked() {
    PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0 "$python" -m pip install --no-input --disable-pip-version-check \
        --require-hashes --only-binary :all: "$@"
}

make_environment() {
    say "setting up a Python environment in $environment (once)"
    rm -rf "$environment"
    : >"$log"
    # Only what has its hash written down runs here. Wheels, but for two packages that are there as source alone: these
    # are built by the setuptools of the lock, without pip's isolation, which would fetch one that nobody has seen.
    local builder
    builder="$(sed -n '/^setuptools==/,/[^\\]$/p' "$root/packaging/requirements.txt")"
    if ! { "$found" -m venv "$environment" && install_locked -r <(printf '%s\n' "$builder") &&
        install_locked --no-binary "$BUILT_HERE" --no-build-isolation -r "$root/packaging/requirements.txt"; } \
        >"$log" 2>&1 </dev/null 9>&-; then
        tail -n "$LOG_LINES_SHOWN" "$log" >&2
        stop "the packages could not be installed, the lines above say why (all of it: $log). Nothing else was" \
            "changed. Most often no package index answers: mend the network or pip's settings, then start $me again."
    fi
    : >"$environment/complete"
}

starts() { QT_QPA_PLATFORM=offscreen "$python" "$root/packaging/starts.py" "$1" >"$log" 2>&1 </dev/null 9>&-; }

# Checked by starting, not by name; the outcome holds until the system's packages change.
need_libraries() {
    local kind="$1" mark="$environment/starts-$1"
    if [ -f "$mark" ] && [ "$(<"$mark")" = "$stamp" ]; then return; fi
    lock
    if ! starts "$kind"; then
        local packages=("${PACKAGES_OFFSCREEN[@]}")
        if [ "$kind" = window ] && [ -n "${DISPLAY:-}" ]; then
            packages+=("${PACKAGES_X11[@]}")
        elif [ "$kind" = window ]; then
            packages+=("${PACKAGES_WAYLAND[@]}")
        fi
        local reason tried="Nothing was installed."
        reason="$(tail -n 1 "$log")"
        if can_install; then
            tried="Installing by apt did not mend it (the log: $log)."
            if install_packages "${packages[@]}" && starts "$kind"; then tried=""; fi
        fi
        if [ -n "$tried" ]; then
            stop "Qt does not start on this system: $reason. $tried $(by_hand "${packages[@]}")"
        fi
        find_python
    fi
    printf '%s\n' "$stamp" >"$mark"
    unlock
}

prepare_console() {
    choose_cache
    need_python
    environment="$cache/venv-$name"
    python="$environment/bin/python"
    if [ ! -f "$environment/complete" ]; then
        lock
        [ -f "$environment/complete" ] || make_environment
        unlock
    fi
    need_libraries "$1"
    # Wherever it is called from, the console comes from this checkout and from nothing that lies in that directory.
    export PYTHONPATH="$root" PYTHONSAFEPATH=1
    unset PYTHONHOME
}

# Installs OpenSSH's server without letting the package open a login service on somebody's desk.
install_quietly() {
    local units=(ssh.service ssh.socket) outcome=0
    if [ ! -d /run/systemd/system ] || [[ " $* " != *" openssh-server "* ]]; then
        install_packages "$@"
        return
    fi
    "${privilege[@]}" systemctl mask "${units[@]}" >>"$log" 2>&1 || true
    install_packages "$@" || outcome=$?
    "${privilege[@]}" systemctl unmask "${units[@]}" >>"$log" 2>&1 || true
    "${privilege[@]}" systemctl disable "${units[@]}" >>"$log" 2>&1 || true
    return "$outcome"
}

# What is still missing after this is skipped by its tests, with the reason; in CI it is an error.
# The tests need PostgreSQL's programs; Debian's package would make a database and start it, which nobody asked for.
leave_no_cluster() {
    local file=/etc/postgresql-common/createcluster.conf
    [ -e "$file" ] && return
    "${privilege[@]}" sh -c "mkdir -p '${file%/*}' && echo 'create_main_cluster = false' >'$file'" || true
}

# Barman lies in the environment, for the tests alone; it runs as a program of its own. The mark names its lock.
prepare_barman() {
    [ -n "${environment:-}" ] || return 0
    local wanted="$root/packaging/requirements-barman.txt"
    cmp -s "$wanted" "$environment/barman-complete" && return
    lock
    if install_locked --no-deps -r "$wanted" >"$log" 2>&1 </dev/null 9>&-; then
        cp "$wanted" "$environment/barman-complete"
        unlock
        return
    fi
    unlock
    if [ "${CI:-}" = true ]; then stop "Barman could not be installed (the log: $log), and in CI nothing may be missing."; fi
    say "Barman could not be installed, so its tests are skipped (the log: $log)."
}

# PyInstaller, for packaging/build alone.
prepare_build() {
    [ -n "${environment:-}" ] || return 0
    local wanted="$root/packaging/requirements-build.txt"
    cmp -s "$wanted" "$environment/build-complete" && return
    lock
    if install_locked --no-deps -r "$wanted" >"$log" 2>&1 </dev/null 9>&-; then
        cp "$wanted" "$environment/build-complete"
        unlock
        return
    fi
    unlock
    stop "PyInstaller could not be installed (the log: $log). Nothing was built."
}

# moto, which plays an object store, asks for other versions than ours: it gets an environment within the environment.
prepare_moto() {
    [ -n "${environment:-}" ] || return 0
    local wanted="$root/packaging/requirements-moto.txt" inner="$environment/moto"
    cmp -s "$wanted" "$inner/complete" && return
    lock
    if { rm -rf "$inner" && "$found" -m venv "$inner" && python="$inner/bin/python" install_locked -r "$wanted"; } \
        >"$log" 2>&1 </dev/null 9>&-; then
        cp "$wanted" "$inner/complete"
        unlock
        return
    fi
    unlock
    if [ "${CI:-}" = true ]; then stop "moto could not be installed (the log: $log), and in CI nothing may be missing."; fi
    say "moto could not be installed, so the tests of object stores are skipped (the log: $log)."
}

prepare_tools() {
    prepare_barman
    prepare_moto
    # Started by hand as root, sshd wants this directory; otherwise the system's service makes it.
    if [ "$(id -u)" = 0 ] && [ ! -d /run/sshd ]; then mkdir -p -m 755 /run/sshd 2>/dev/null || true; fi
    local missing=()
    command -v sshd >/dev/null || missing+=(openssh-server)
    command -v ssh-keygen >/dev/null || missing+=(openssh-client)
    command -v sudo >/dev/null || missing+=(sudo)
    command -v ip >/dev/null || missing+=(iproute2)
    command -v rsync >/dev/null || missing+=(rsync)
    command -v pgbackrest >/dev/null || missing+=(pgbackrest)
    # The oldest PostgreSQL that is watched in the tests is the system's own; the lab brings the newest.
    compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || missing+=(postgresql)
    [ "${#missing[@]}" = 0 ] && return
    if can_install; then
        lock
        if [[ " ${missing[*]} " == *" postgresql "* ]]; then leave_no_cluster; fi
        if install_quietly "${missing[@]}"; then
            unlock
            return
        fi
        unlock
    fi
    if [ "${CI:-}" = true ]; then stop "in CI nothing may be missing. $(by_hand "${missing[@]}")"; fi
    say "not installed, so tests that need it are skipped: ${missing[*]}. $(by_hand "${missing[@]}")"
}
